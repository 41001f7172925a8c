import * as examples from "../../policies/examples";
import type { ExampleResource } from "../../policies/framework/rule";
import { resourceTypes } from "../../policies/resourceTypes";
import { certificateFile } from "./exampleFiles";
import type { TestResource } from "./packProcess";

type Properties = Readonly<Record<string, unknown>>;
type Options = Omit<TestResource, "type" | "properties">;

export { certificateArn } from "../../policies/examples";

/** A resource of the rules' own examples with other properties, of whatever type; `undefined` takes a property away. */
export function variant(example: (properties?: ExampleResource["properties"]) => ExampleResource) {
    return (properties: Properties = {}, options: Options = {}): TestResource => {
        const { type, name, protect, properties: own } = example();
        const merged = Object.entries({ ...own, ...properties }).filter(([, value]) => value !== undefined);
        return { type, name, protect, properties: Object.fromEntries(merged) as Properties, ...options };
    };
}

export const domainConfiguration = variant(examples.domainConfiguration);
export const acmCertificate = variant(examples.acmCertificate);
export const expiryAlarm = variant(examples.expiryAlarm);
export const domainRecord = variant(examples.domainRecord);

/** A certificate imported from the fixtures' files, such as `leaves/rsa-2048.pem`. */
export function importedCertificate(
    leaf = "leaves/rsa-2048.pem",
    chain: readonly string[] = ["authorities/intermediate.pem"],
    properties: Properties = {},
    options: Options = {},
): TestResource {
    return acmCertificate(
        {
            domainName: undefined,
            validationMethod: undefined,
            keyAlgorithm: undefined,
            certificateBody: certificateFile(leaf),
            certificateChain: chain.map(certificateFile).join(""),
            ...properties,
        },
        options,
    );
}

/** The validation that waits for a certificate. */
export function certificateValidation(properties: Properties, options: Options): TestResource {
    return { type: resourceTypes.acmCertificateValidation, properties, ...options };
}
