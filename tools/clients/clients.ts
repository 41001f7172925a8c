/** A program of others that the tests in tests/clients run against the sandbox: each has a file of that name there. */
export interface Client {
    readonly name: ClientName;
    /** What has to be found, all in one version. */
    readonly programs: readonly string[];
    /** What has the program say its version. */
    readonly versionArguments: readonly string[];
    /** Finds the version in what it says; another program of the same name does not match. */
    readonly version: RegExp;
    /** Versions that fit, as semver knows ranges, and why no others. */
    readonly versions: string;
    /** Where a machine without the program gets it. */
    readonly source: Source;
}

export type ClientName = "dig" | "openssl" | "mosquitto" | "curl" | "aws";

/** A package of Debian and Ubuntu, or Python packages that a file pins. */
export type Source = { readonly debianPackage: string } | { readonly requirements: string };

/** All of them. */
export const clients: readonly Client[] = [
    {
        name: "dig",
        programs: ["dig"],
        versionArguments: ["-v"],
        version: /^DiG (\d\S*)/,
        versions: ">=9.11", // +subnet
        source: { debianPackage: "bind9-dnsutils" },
    },
    {
        name: "openssl",
        programs: ["openssl"],
        versionArguments: ["version"],
        version: /^OpenSSL (\d\S*)/,
        versions: ">=1.1.1", // TLS 1.3
        source: { debianPackage: "openssl" },
    },
    {
        name: "mosquitto",
        programs: ["mosquitto_pub", "mosquitto_sub"],
        versionArguments: ["--version"],
        version: /version (\d\S*)/,
        versions: ">=1.6", // MQTT 5, --tls-alpn
        source: { debianPackage: "mosquitto-clients" },
    },
    {
        name: "curl",
        programs: ["curl"],
        versionArguments: ["--version"],
        version: /^curl (\d\S*)/,
        versions: ">=7.29", // socks5h over TLS with a client certificate
        source: { debianPackage: "curl" },
    },
    {
        name: "aws",
        programs: ["aws"],
        versionArguments: ["--version"],
        version: /^aws-cli\/(\d\S*)/,
        versions: ">=1.29 <2 || >=2.13", // AWS_ENDPOINT_URL
        source: { requirements: "aws-cli.txt" },
    },
];
