import { canonicalName, domainNameFindings } from "../domainNames";
import type { Finding } from "../finding";
import { leafKeyAlgorithm, signatureChecks } from "./algorithms";
import { chainOrderFindings, chainSizeFindings, missingChainFindings } from "./chain";
import { chainLinkFindings } from "./chainLinks";
import { orderChain, type ChainOrder } from "./chainOrder";
import { readCertificates, type CertificateFile, type PlacedCertificate } from "./certificateFiles";
import { apply, applyAll } from "./check";
import { coverageChecks } from "./coverage";
import { deduceKind, kindChecks, type CertificateKind } from "./kinds";
import type { FileContent } from "./pemText";
import { readPrivateKey } from "./privateKeyFiles";
import { privateKeyMatch } from "./privateKeyMatch";
import { summarize, type CertificateSummary } from "./summary";
import type { TrustedRoots } from "./trustedRoots";
import { usageChecks } from "./usage";
import { expiresSoon, leafValidity, publicLifetime } from "./validity";

/** Where the values stand, from the configuration's root, for the findings' paths. */
export interface ServerCertificatePaths {
    /** @default "domainName" */
    readonly domainName?: string;
    /** @default "certificate" */
    readonly certificate?: string;
    /** @default "chain" */
    readonly chain?: string;
    /** @default "privateKey" */
    readonly privateKey?: string;
}

/** A server certificate as somebody wants to use it. */
export interface ServerCertificateInput {
    /** The name that devices connect to; case and Unicode do not matter. */
    readonly domainName: string;
    /** PEM of the leaf, which its chain may follow. */
    readonly certificate: FileContent;
    /** PEM of the CAs, the leaf's own first. */
    readonly chain?: FileContent;
    /** PEM of the leaf's private key. Secret: no finding holds any of it. */
    readonly privateKey?: FileContent;
    /** @default deduced: self-signed from the leaf, public where `roots` know the chain's root, else private. */
    readonly kind?: CertificateKind;
    /** The moment at which the certificate is to be valid. */
    readonly at: Date;
    readonly paths?: ServerCertificatePaths;
    /** Mozilla's bundle, see {@link TrustedRoots}; without it nothing is said to be public. */
    readonly roots?: TrustedRoots;
    /** Whether the domain configuration has a validation certificate. @default false */
    readonly hasValidationCertificate?: boolean;
    /**
     * Whether ACM is to get these parts as they are: then a missing chain is a fault and not advice, for ACM imports no
     * certificate of a CA without one.
     *
     * @default false
     */
    readonly isWholeImport?: boolean;
}

/** What the rules say. */
export interface ServerCertificateVerdict {
    /** In the order: files, leaf, chain, kind, private key. */
    readonly findings: readonly Finding[];
    /** `undefined` where no certificate could be read. */
    readonly certificate?: CertificateSummary;
    /** The CAs in order, from the leaf's own upwards, whatever order they were given in. */
    readonly chain: readonly CertificateSummary[];
    /** As given, else as deduced. */
    readonly kind?: CertificateKind;
}

/**
 * Checks a server certificate, its chain and its key against everything that AWS IoT Core and ACM's import ask, before
 * AWS is.
 *
 * Never throws: whatever is given, the answer is findings, all of them at once.
 */
export function checkServerCertificate(input: ServerCertificateInput): ServerCertificateVerdict {
    const paths = {
        domainName: "domainName",
        certificate: "certificate",
        chain: "chain",
        privateKey: "privateKey",
        ...input.paths,
    };
    const files = [
        readCertificates(input.certificate, paths.certificate),
        ...(input.chain === undefined ? [] : [readCertificates(input.chain, paths.chain)]),
    ];
    const key = input.privateKey === undefined ? undefined : readPrivateKey(input.privateKey, paths.privateKey);
    const findings = [
        ...(isName(input.domainName) ? [] : domainNameFindings(input.domainName, paths.domainName)),
        ...files.flatMap((file) => file.findings),
        ...chainSizeFindings(sizeOf(files), input.chain === undefined ? paths.certificate : paths.chain),
    ];
    const [first, ...further] = files.flatMap(({ certificates }) => certificates);
    // Without a certificate in its own file, those of the chain would be mistaken for the leaf.
    if (first === undefined || files[0]?.certificates.length === 0) {
        return { findings: [...findings, ...(key?.findings ?? [])], chain: [] };
    }
    const order = orderChain([first, ...further]);
    const { leaf, authorities } = order;
    const kind = input.kind ?? deduceKind(order, input.roots);
    return {
        findings: [
            ...findings,
            ...leafFindings(leaf, input, kind),
            ...chainFindings(order, files, input, paths),
            ...applyAll(kindChecks, { ...input, order, kind }, paths.certificate),
            ...(key?.findings ?? []),
            ...(key?.key
                ? apply(privateKeyMatch, { certificate: leaf.certificate, key: key.key }, paths.privateKey)
                : []),
        ],
        certificate: summarize(leaf.certificate),
        chain: authorities.map(({ certificate }) => summarize(certificate)),
        kind,
    };
}

/** Of what is no name at all, coverage says nothing. */
function isName(domainName: string): boolean {
    return canonicalName(domainName) !== undefined;
}

function sizeOf(files: readonly CertificateFile[]): { readonly count: number; readonly bytes: number } {
    return {
        count: files.reduce((sum, { count }) => sum + count, 0),
        bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    };
}

function leafFindings(
    { certificate, path }: PlacedCertificate,
    { at, domainName }: ServerCertificateInput,
    kind: CertificateKind,
): Finding[] {
    const dated = [leafValidity, expiresSoon, ...(kind === "public" ? [publicLifetime] : [])];
    return [
        ...leafKeyAlgorithm(certificate, path),
        ...applyAll(signatureChecks, certificate, path),
        ...applyAll(usageChecks, certificate, path),
        ...(isName(domainName) ? applyAll(coverageChecks, { certificate, domainName }, path) : []),
        ...applyAll(dated, { certificate, at }, path),
    ];
}

/** Of a chain that was not parsed as a whole, its order cannot be told; its length is reported already. */
function chainFindings(
    order: ChainOrder,
    files: readonly CertificateFile[],
    { at, chain, isWholeImport = false }: ServerCertificateInput,
    paths: Required<ServerCertificatePaths>,
): Finding[] {
    const isWhole = files.every(({ count, certificates }) => count === certificates.length);
    return [
        ...(isWhole ? chainOrderFindings(order, chain === undefined ? paths.certificate : paths.chain) : []),
        ...(isWhole ? missingChainFindings(order, isWholeImport) : []),
        ...chainLinkFindings(order.authorities, at),
    ];
}
