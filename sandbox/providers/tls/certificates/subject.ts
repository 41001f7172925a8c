import { AttributeTypeAndValue, AttributeValue, Name, RelativeDistinguishedName } from "@peculiar/asn1-x509";

/** The parts of a distinguished name as the provider takes them. */
export interface Subject {
    readonly commonName?: string;
    readonly country?: string;
    readonly emailAddress?: string;
    readonly locality?: string;
    readonly organization?: string;
    readonly organizationalUnit?: string;
    readonly postalCode?: string;
    readonly province?: string;
    readonly serialNumber?: string;
    readonly streetAddresses?: string[];
}

type StringType = "utf8String" | "printableString" | "ia5String";

/** Every part with its object identifier and its string type, in the order in which Go writes them. */
const parts: ReadonlyArray<readonly [keyof Subject, string, StringType]> = [
    ["country", "2.5.4.6", "printableString"],
    ["organization", "2.5.4.10", "utf8String"],
    ["organizationalUnit", "2.5.4.11", "utf8String"],
    ["locality", "2.5.4.7", "utf8String"],
    ["province", "2.5.4.8", "utf8String"],
    ["streetAddresses", "2.5.4.9", "utf8String"],
    ["postalCode", "2.5.4.17", "utf8String"],
    ["commonName", "2.5.4.3", "utf8String"],
    ["serialNumber", "2.5.4.5", "printableString"],
    ["emailAddress", "1.2.840.113549.1.9.1", "ia5String"],
];

/** A distinguished name in ASN.1. */
export function distinguishedName(subject: Subject | undefined): Name {
    return new Name(
        parts.flatMap(([part, type, stringType]) => {
            const values = [subject?.[part] ?? []].flat().filter((value) => value !== "");
            const attributes = values.map(
                (value) => new AttributeTypeAndValue({ type, value: new AttributeValue({ [stringType]: value }) }),
            );
            return attributes.length === 0 ? [] : [new RelativeDistinguishedName(attributes)];
        }),
    );
}
