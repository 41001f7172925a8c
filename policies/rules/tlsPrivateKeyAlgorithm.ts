import { defineRule, type Fault } from "../framework/rule";
import { isUnknown, quote, valueAt, type Properties, type Value } from "../framework/values";
import { nist } from "../frameworks";
import { resourceTypes } from "../resourceTypes";

/** A key that the tls provider makes is one that AWS IoT Core can serve. */
export const tlsPrivateKeyAlgorithm = defineRule({
    name: "tls-private-key-algorithm",
    title: "Keys of the tls provider",
    description: "A private key of the tls provider is RSA with 2048 bits or ECDSA on P-256.",
    rationale: "AWS IoT Core serves no other, and the provider's default curve, P-224, is not among them.",
    severity: "medium",
    enforcementLevel: "mandatory",
    reference: "https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html",
    frameworks: [...nist("SC-12", "SC-13")],
    remediation: {
        code: 'new tls.PrivateKey("telemetry", { algorithm: "ECDSA", ecdsaCurve: "P256" })',
        cli: "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out telemetry.key",
        console: "Keys are made with OpenSSL or Pulumi; the console has no place for it.",
    },
    examples: {
        compliant: [
            {
                type: resourceTypes.tlsPrivateKey,
                name: "telemetry",
                properties: { algorithm: "ECDSA", ecdsaCurve: "P256" },
            },
        ],
        violating: [
            { type: resourceTypes.tlsPrivateKey, name: "telemetry", properties: { algorithm: "RSA", rsaBits: 4096 } },
        ],
    },
    resource: {
        types: [resourceTypes.tlsPrivateKey],
        check: ({ properties }) => keyFaults(properties),
    },
});

/** The property that says how large a key of an algorithm is, what it must be, and the provider's default. */
const sizes: ReadonlyMap<Value, { readonly property: string; readonly expected: Value; readonly initially: Value }> =
    new Map([
        ["RSA", { property: "rsaBits", expected: 2048, initially: 2048 }],
        ["ECDSA", { property: "ecdsaCurve", expected: "P256", initially: "P224" }],
    ]);

function keyFaults(properties: Properties): Fault[] {
    const algorithm = valueAt(properties, "algorithm");
    const size = sizes.get(algorithm);
    if (isUnknown(algorithm)) {
        return [];
    }
    if (size === undefined) {
        return [
            {
                path: "algorithm",
                got: quote(algorithm),
                expected: [...sizes.keys()].map(quote).join(" or "),
                remedy: "choose ECDSA with the curve P256",
            },
        ];
    }
    const given = valueAt(properties, size.property) ?? size.initially;
    return isUnknown(given) || given === size.expected
        ? []
        : [
              {
                  path: size.property,
                  got: quote(given),
                  expected: quote(size.expected),
                  remedy: `set ${size.property} to ${quote(size.expected)}`,
              },
          ];
}
