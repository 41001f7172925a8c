import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { UnusableArguments } from "../commandLine";

/** An option, and the file that it names. */
export interface OptionFile {
    readonly option: string;
    readonly file: string;
}

/** A certificate and its private key, in PEM; the key is secret. */
export interface PemPair {
    readonly certificate: string;
    readonly privateKey: string;
}

/**
 * Reads a certificate, perhaps with its chain, and its private key.
 *
 * @throws UnusableArguments where one of them cannot be read, or they do not belong together; no error quotes a key
 */
export function readPemPair(certificate: OptionFile, privateKey: OptionFile): PemPair {
    const pair = { certificate: readFile(certificate), privateKey: readPrivateKey(privateKey) };
    const key = createPrivateKey(pair.privateKey);
    if (!certificateOf(certificate, pair.certificate).checkPrivateKey(key)) {
        throw new UnusableArguments(
            `${privateKey.option}: expected the private key of ${certificate.file}, got another one in ${privateKey.file}; ` +
                "name the files that belong together",
        );
    }
    return pair;
}

/** A private key in PEM. Secret. @throws UnusableArguments where there is none in the file, or it is encrypted */
export function readPrivateKey(named: OptionFile): string {
    const text = readFile(named);
    try {
        createPrivateKey(text);
    } catch {
        throw new UnusableArguments(
            `${named.option}: expected a private key in PEM that is not encrypted, got none in ${named.file}; name another file`,
        );
    }
    return text;
}

function certificateOf({ option, file }: OptionFile, text: string): X509Certificate {
    try {
        return new X509Certificate(text);
    } catch {
        throw new UnusableArguments(`${option}: expected a certificate in PEM, got none in ${file}; name another file`);
    }
}

function readFile({ option, file }: OptionFile): string {
    try {
        return readFileSync(file, "utf8");
    } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        throw new UnusableArguments(`${option}: expected a file in PEM, got ${file}: ${code}; correct the path`);
    }
}
