/** Cipher suites of TLS 1.3 that AWS IoT Core takes, in the order of AWS's table. */
const tls13 = ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"] as const;

/** Cipher suites of TLS 1.2 that every policy with TLS 1.2 has, in the order of AWS's table. */
const tls12 = [
    "ECDHE-RSA-AES128-GCM-SHA256",
    "ECDHE-RSA-AES128-SHA256",
    "ECDHE-RSA-AES128-SHA",
    "ECDHE-RSA-AES256-GCM-SHA384",
    "ECDHE-RSA-AES256-SHA384",
    "ECDHE-RSA-AES256-SHA",
    "AES128-GCM-SHA256",
    "AES128-SHA256",
    "AES128-SHA",
    "AES256-GCM-SHA384",
    "AES256-SHA256",
    "AES256-SHA",
    "ECDHE-ECDSA-AES128-GCM-SHA256",
    "ECDHE-ECDSA-AES128-SHA256",
    "ECDHE-ECDSA-AES128-SHA",
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-ECDSA-AES256-SHA384",
    "ECDHE-ECDSA-AES256-SHA",
] as const;

interface PolicyCiphers {
    readonly ciphers: readonly string[];
    /** Those that the policy has on port 443 alone. */
    readonly on443Only?: readonly string[];
}

/** AWS's table of ciphers by security policy. @see https://docs.aws.amazon.com/iot/latest/developerguide/transport-security.html */
const ciphersByPolicy: Readonly<Record<string, PolicyCiphers>> = {
    IoTSecurityPolicy_TLS13_1_3_2022_10: { ciphers: tls13 },
    IoTSecurityPolicy_TLS13_1_2_2022_10: { ciphers: [...tls13, ...tls12] },
    IoTSecurityPolicy_TLS12_1_2_2022_10: { ciphers: tls12 },
    IoTSecurityPolicy_TLS12_1_0_2016_01: { ciphers: tls12, on443Only: ["AES128-SHA256"] },
    IoTSecurityPolicy_TLS12_1_0_2015_01: { ciphers: [...tls12, "DHE-RSA-AES256-SHA"] },
};

/**
 * The cipher suites of a security policy on a port, in OpenSSL's spelling, which is AWS's too; none for a policy that is
 * unknown.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/transport-security.html
 */
export function tlsCiphers(securityPolicy: string, port: number): readonly string[] {
    const { ciphers = [], on443Only = [] } = ciphersByPolicy[securityPolicy] ?? {};
    return port === 443 ? ciphers : ciphers.filter((cipher) => !on443Only.includes(cipher));
}

/** How client and server come to a common key in TLS 1.2: by elliptic curves, by finite fields, or under the server's own RSA key. */
export type KeyExchange = "ECDHE" | "DHE" | "RSA";

/** What a server certificate signs with. */
export type ServerKeyType = "RSA" | "ECDSA";

/**
 * The key exchanges of a security policy's cipher suites of TLS 1.2 for a server certificate's type of key. In TLS 1.3, cipher
 * suites do not name one.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/transport-security.html
 */
export function keyExchanges(securityPolicy: string, port: number, keyType: ServerKeyType): Set<KeyExchange> {
    return new Set(
        tlsCiphers(securityPolicy, port)
            .filter((cipher) => !cipher.startsWith("TLS_"))
            .flatMap((cipher): KeyExchange[] => {
                const [, exchange = "RSA", signature = "RSA"] = /^(ECDHE|DHE)-(RSA|ECDSA)-/.exec(cipher) ?? [];
                return signature === keyType ? [exchange as KeyExchange] : [];
            }),
    );
}
