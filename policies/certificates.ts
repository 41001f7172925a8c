import { parseArn } from "../rules/arns";
import { groupedBy, knownRegionOf, oncePerStack, type ResourceView, type StackView } from "./framework/resources";
import { isUnknown, knownListAt, knownTextAt, type Unknown, type Value } from "./framework/values";
import { resourceTypes } from "./resourceTypes";

/** A certificate as another resource refers to it: by an ARN where that is known, and by where the ARN comes from. */
export interface CertificateReference {
    readonly arn: string | Unknown | undefined;
    /** Certificates of the stack that the ARN comes from. */
    readonly certificates: readonly ResourceView[];
}

/**
 * The certificates that a property refers to.
 *
 * In a preview the ARN of a new certificate is unknown, but not the resource that it comes from, be it the certificate or
 * the validation that waits for it.
 */
export function certificateReference(arn: Value, resource: ResourceView, property: string): CertificateReference {
    return {
        arn: typeof arn === "string" || isUnknown(arn) ? arn : undefined,
        certificates: resource.sourcesOf(property).flatMap(certificateBehind),
    };
}

function certificateBehind(source: ResourceView): readonly ResourceView[] {
    if (source.type === resourceTypes.acmCertificate) {
        return [source];
    }
    return source.type === resourceTypes.acmCertificateValidation
        ? source.sourcesOf("certificateArn").filter(({ type }) => type === resourceTypes.acmCertificate)
        : [];
}

/** The region of a certificate, from its ARN or from the resource that the ARN comes from. */
export function regionOfCertificate({ arn, certificates }: CertificateReference): string | undefined {
    if (typeof arn === "string") {
        return parseArn(arn)?.region;
    }
    const regions = new Set(certificates.map(knownRegionOf));
    return regions.size === 1 ? [...regions][0] : undefined;
}

/** Whether two references are to one certificate; `undefined` where that is not known yet. */
export function isSameCertificate(left: CertificateReference, right: CertificateReference): boolean | undefined {
    if (typeof left.arn === "string" && typeof right.arn === "string") {
        return left.arn === right.arn;
    }
    const leftUrns = urnsOf(left);
    const rightUrns = urnsOf(right);
    if (leftUrns.length === 0 || rightUrns.length === 0) {
        return undefined;
    }
    return leftUrns.some((urn) => rightUrns.includes(urn));
}

function urnsOf({ certificates }: CertificateReference): string[] {
    return certificates.map(({ urn }) => urn);
}

const certificatesByArn = oncePerStack((stack) =>
    groupedBy(stack.resources(resourceTypes.acmCertificate), ({ properties }) => [knownTextAt(properties, "arn")]),
);

/** The certificates of the stack that a domain configuration serves, told by their ARN or by where the ARN comes from. */
export function servedCertificates(stack: StackView, configuration: ResourceView): readonly ResourceView[] {
    const property = "serverCertificateArns";
    const behind = configuration.sourcesOf(property).flatMap(certificateBehind);
    const named = knownListAt(configuration.properties, property).flatMap((arn) =>
        typeof arn === "string" ? (certificatesByArn(stack).get(arn) ?? []) : [],
    );
    // A program may read a certificate that it has made: one ARN, two resources.
    const found = new Map(
        [...behind, ...named].map((resource) => [knownTextAt(resource.properties, "arn") ?? resource.urn, resource]),
    );
    return [...found.values()];
}
