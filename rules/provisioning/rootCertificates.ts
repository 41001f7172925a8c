/** A root of Amazon Trust Services. */
export interface RootCertificate {
    readonly name: string;
    readonly keyAlgorithm: string;
    readonly url: string;
}

/**
 * Roots that a device needs, to trust a domain whose certificate ACM has issued: one for RSA, one for ECC certificates.
 *
 * Only where they are, for a device must not take a root from whoever configures it.
 *
 * @see https://www.amazontrust.com/repository/
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/server-authentication.html
 */
export const amazonRootCertificates: readonly RootCertificate[] = [
    {
        name: "Amazon Root CA 1",
        keyAlgorithm: "RSA_2048",
        url: "https://www.amazontrust.com/repository/AmazonRootCA1.pem",
    },
    {
        name: "Amazon Root CA 3",
        keyAlgorithm: "EC_prime256v1",
        url: "https://www.amazontrust.com/repository/AmazonRootCA3.pem",
    },
];
