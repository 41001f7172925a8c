import { block, flag, integer, list, text, type State } from "../framework/properties";
import { allowedUses } from "./certificates/uses";
import type { ResourceType } from "../framework/resources";
import type { Tls } from "./resource";

const atLeastZero = (value: number) => (value < 0 ? "must be at least 0" : undefined);

/** Whom a certificate or a request is for. */
export const subjectProperties = {
    subject: block(
        {
            commonName: text(),
            country: text(),
            emailAddress: text(),
            locality: text(),
            organization: text(),
            organizationalUnit: text(),
            postalCode: text(),
            province: text(),
            serialNumber: text(),
            streetAddresses: list(text()),
        },
        { replaces: true },
    ),
    dnsNames: list(text(), { replaces: true }),
    ipAddresses: list(text(), { replaces: true }),
    uris: list(text(), { replaces: true }),
};

/** The private key of a certificate or a request, kept in the state or not. */
export const keyProperties = {
    privateKeyPem: text({ secret: true, replaces: true }),
    privateKeyPemWo: text({ secret: true, writeOnly: true }),
    privateKeyPemWoVersion: integer({ replaces: true }),
    keyAlgorithm: text({ readOnly: true }),
};

/** What a certificate allows, how long it is valid, and what is known of it. */
export const certificateProperties = {
    allowedUses: list(text({ oneOf: allowedUses }), { required: true, replaces: true }),
    validityPeriodHours: integer({ required: true, replaces: true, refuse: atLeastZero }),
    earlyRenewalHours: integer({ default: 0, refuse: atLeastZero }),
    isCaCertificate: flag({ default: false, replaces: true }),
    maxPathLength: integer({ default: -1, replaces: true }),
    setSubjectKeyId: flag({ default: false, replaces: true }),
    certPem: text({ readOnly: true }),
    readyForRenewal: flag({ readOnly: true }),
    validityStartTime: text({ readOnly: true }),
    validityEndTime: text({ readOnly: true }),
};

type CertificateState = State<typeof certificateProperties>;

/** Whether a certificate is so near its end that the next deployment replaces it. */
async function isReadyForRenewal(tls: Tls, state: CertificateState): Promise<boolean> {
    const { validityEndTime, earlyRenewalHours = 0 } = state;
    if (validityEndTime === undefined) {
        return false;
    }
    return Date.parse(validityEndTime) - earlyRenewalHours * 3_600_000 <= (await tls.now()).getTime();
}

/** A resource that holds a certificate: near the certificate's end, the next deployment replaces it. */
export function withRenewal(type: ResourceType<Tls>): ResourceType<Tls> {
    return {
        ...type,
        async read(tls, _id, state) {
            return { ...state, readyForRenewal: await isReadyForRenewal(tls, state) };
        },
        // A change of `earlyRenewalHours` alone needs nothing done: it counts when the renewal is looked at.
        update: () => Promise.resolve(),
        overdue: async (tls, state) => ((await isReadyForRenewal(tls, state)) ? ["readyForRenewal"] : []),
    };
}
