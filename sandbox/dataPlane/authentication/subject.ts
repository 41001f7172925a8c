/** Parts of a distinguished name as AWS IoT Core names them, by the short names that OpenSSL gives them. */
const partNames: Readonly<Record<string, string>> = {
    C: "Country",
    O: "Organization",
    OU: "OrganizationalUnit",
    dnQualifier: "DistinguishedNameQualifier",
    ST: "State",
    CN: "CommonName",
    serialNumber: "SerialNumber",
    title: "Title",
    SN: "Surname",
    GN: "GivenName",
    initials: "Initials",
    pseudonym: "Pseudonym",
    generationQualifier: "GenerationQualifier",
};

/**
 * The parts of a certificate's subject or issuer, by AWS's names; the first where one is there more than once.
 *
 * @param text As Node writes it: a line for each part
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/cert-policy-variables.html
 */
export function subjectParts(text: string): Record<string, string> {
    const parts: Record<string, string> = {};
    for (const line of text.split("\n")) {
        const at = line.indexOf("=");
        const name = partNames[line.slice(0, at)];
        if (name !== undefined) {
            parts[name] ??= line.slice(at + 1).replace(/\\(.)/g, "$1");
        }
    }
    return parts;
}
