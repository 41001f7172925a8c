import type { Finding } from "./finding";

const guide = "https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html";

/** Most certificates in a server certificate's chain, the leaf included. @see {@link guide} */
export const maximumChainLength = 5;

/** Largest chain in bytes. AWS does not say of which encoding; PEM is the stricter reading. @see {@link guide} */
export const maximumChainBytes = 16 * 1024;

/** Largest unencrypted private key that ACM imports, in bytes. @see https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-prerequisites.html */
export const maximumPrivateKeyBytes = 5 * 1024;

/**
 * Key algorithms that AWS IoT Core takes for a server certificate, in ACM's spelling; ACM itself offers more.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html
 */
export const keyAlgorithms = ["RSA_2048", "EC_prime256v1"] as const;

/** A key algorithm of {@link keyAlgorithms}. */
export type KeyAlgorithm = (typeof keyAlgorithms)[number];

/** Names in one ACM certificate before a quota increase. @see https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html */
export const defaultMaximumNames = 10;

/** Faults of a key algorithm in ACM's spelling. */
export function keyAlgorithmFindings(algorithm: string, path: string): Finding[] {
    if ((keyAlgorithms as readonly string[]).includes(algorithm)) {
        return [];
    }
    return [
        {
            rule: "certificate-key-algorithm",
            severity: "high",
            path,
            got: JSON.stringify(algorithm),
            expected: keyAlgorithms.join(" or "),
            remedy: "use RSA 2048 or ECDSA P-256; ACM issues other keys, but AWS IoT Core does not serve them",
            reference: guide,
        },
    ];
}
