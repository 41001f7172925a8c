import type { ASN1Subject } from "../../models/acm-pca";

/** The object identifier of each part of a name, in the order in which they are written. @see https://docs.aws.amazon.com/privateca/latest/APIReference/API_ASN1Subject.html */
const attributeTypes: ReadonlyArray<readonly [keyof ASN1Subject, string]> = [
    ["Country", "2.5.4.6"],
    ["Organization", "2.5.4.10"],
    ["OrganizationalUnit", "2.5.4.11"],
    ["DistinguishedNameQualifier", "2.5.4.46"],
    ["State", "2.5.4.8"],
    ["CommonName", "2.5.4.3"],
    ["SerialNumber", "2.5.4.5"],
    ["Locality", "2.5.4.7"],
    ["Title", "2.5.4.12"],
    ["Surname", "2.5.4.4"],
    ["GivenName", "2.5.4.42"],
    ["Initials", "2.5.4.43"],
    ["Pseudonym", "2.5.4.65"],
    ["GenerationQualifier", "2.5.4.44"],
];

/** A subject as attribute types and values, ready for a signing request. */
export function nameOf(subject: ASN1Subject): Array<Record<string, string[]>> {
    const standard = attributeTypes.flatMap(([part, type]) => {
        const value = subject[part];
        return typeof value === "string" ? [{ [type]: [value] }] : [];
    });
    const custom = (subject.CustomAttributes ?? []).map(({ ObjectIdentifier, Value }) => ({
        [ObjectIdentifier]: [Value],
    }));
    return [...standard, ...custom];
}
