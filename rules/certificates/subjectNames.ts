import type { GeneralName, Name } from "@peculiar/asn1-x509";

/** The names that a certificate is for. */
export interface SubjectNames {
    /** The subject's common name, the most specific where there are several. */
    readonly commonName?: string;
    /** Subject alternative names of type DNS, as they stand in the certificate. */
    readonly dnsNames: readonly string[];
    /** Subject alternative names of the other types, such as `IP:192.0.2.1`. */
    readonly otherNames: readonly string[];
    /** Whether there is a subject alternative name of whatever type: then AWS IoT Core ignores the common name. */
    readonly hasAlternativeNames: boolean;
}

const commonNameType = "2.5.4.3";

/** Reads the names from the subject and the subject alternative name extension, if there is one. */
export function subjectNames(subject: Name, alternativeNames: Iterable<GeneralName> = []): SubjectNames {
    const names = [...alternativeNames];
    const commonNames = subject.flatMap((relative) =>
        relative.filter(({ type }) => type === commonNameType).map(({ value }) => value.toString()),
    );
    return {
        commonName: commonNames.at(-1),
        dnsNames: names.flatMap(({ dNSName }) => (dNSName === undefined ? [] : [dNSName])),
        otherNames: names.filter(({ dNSName }) => dNSName === undefined).map(describe),
        hasAlternativeNames: names.length > 0,
    };
}

function describe(name: GeneralName): string {
    const { iPAddress, rfc822Name, uniformResourceIdentifier, registeredID } = name;
    const known = Object.entries({
        IP: iPAddress,
        email: rfc822Name,
        URI: uniformResourceIdentifier,
        RID: registeredID,
    });
    const [type, value] = known.find(([, present]) => present !== undefined) ?? ["other", "name"];
    return `${type}:${value}`;
}

/** A name from a certificate, fit for a terminal: no control characters, not endless. */
export function printable(name: string): string {
    const visible = name.replace(/\p{C}/gu, "?");
    return visible.length > 200 ? `${visible.slice(0, 200)}...` : visible;
}

/** A {@link printable} name in quotation marks. */
export function quoted(name: string): string {
    return JSON.stringify(printable(name));
}
