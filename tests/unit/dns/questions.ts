import type { TestQuestion } from "./exchange";

/** A question about the zone with something of everything, and what is answered. */
export interface QuestionCase {
    readonly title: string;
    readonly question: TestQuestion;
    readonly rcode?: string;
    readonly answers?: readonly string[];
    /** The types of the records in the section "authority". */
    readonly authorities?: readonly string[];
    readonly isAuthoritative?: boolean;
}

// prettier-ignore
export const questionCases: readonly QuestionCase[] = [
    { title: "an address", question: { name: "example.com", type: "A" }, answers: ["example.com A 198.51.100.1"] },
    { title: "all values of a record set", question: { name: "www.example.com", type: "A" }, answers: ["www.example.com A 198.51.100.2", "www.example.com A 198.51.100.3"] },
    { title: "an IPv6 address", question: { name: "www.example.com", type: "AAAA" }, answers: ["www.example.com AAAA 2001:db8::2"] },
    { title: "a mail exchange", question: { name: "example.com", type: "MX" }, answers: ['example.com MX {"preference":10,"exchange":"mail.example.com"}', 'example.com MX {"preference":20,"exchange":"mail.example.net"}'] },
    { title: "texts with escapes", question: { name: "text.example.com", type: "TXT" }, answers: ['text.example.com TXT one|t"wo\\A', "text.example.com TXT three"] },
    { title: "a service", question: { name: "_mqtt._tcp.example.com", type: "SRV" }, answers: ['_mqtt._tcp.example.com SRV {"priority":1,"weight":2,"port":8883,"target":"iot.example.com"}'] },
    { title: "who may issue certificates", question: { name: "authority.example.com", type: "CAA" }, answers: ['authority.example.com CAA {"flags":0,"tag":"issue","value":"amazon.com","issuerCritical":false}'] },
    { title: "a naming authority pointer", question: { name: "phone.example.com", type: "NAPTR" }, answers: ['phone.example.com NAPTR {"order":100,"preference":50,"flags":"u","services":"E2U+sip","regexp":"!^.*$!sip:a@example.com!","replacement":"."}'] },
    { title: "a key's fingerprint", question: { name: "shell.example.com", type: "SSHFP" }, answers: [`shell.example.com SSHFP {"algorithm":4,"hash":2,"fingerprint":"${"CD".repeat(32)}"}`] },
    { title: "the letters' cases as they were asked", question: { name: "wWw.eXample.COM", type: "AAAA" }, answers: ["wWw.eXample.COM AAAA 2001:db8::2"] },
    { title: "a chain of CNAME records within the zone", question: { name: "one.example.com", type: "A" }, answers: ["one.example.com CNAME two.example.com", "two.example.com CNAME www.example.com", "www.example.com A 198.51.100.2", "www.example.com A 198.51.100.3"] },
    { title: "a CNAME record itself", question: { name: "one.example.com", type: "CNAME" }, answers: ["one.example.com CNAME two.example.com"] },
    { title: "a CNAME record out of the zone without what it leads to", question: { name: "out.example.com", type: "A" }, answers: ["out.example.com CNAME a1-ats.iot.eu-central-1.amazonaws.com"] },
    { title: "a CNAME record out of the zone with what it leads to, to those who want recursion", question: { name: "out.example.com", type: "A", recursion: true }, answers: ["out.example.com CNAME a1-ats.iot.eu-central-1.amazonaws.com", "a1-ats.iot.eu-central-1.amazonaws.com A 127.0.0.1"] },
    { title: "what it knows of a CNAME record to where it knows nothing", question: { name: "foreign.example.com", type: "A", recursion: true }, answers: ["foreign.example.com CNAME www.example.net"] },
    { title: "a circle of CNAME records once around", question: { name: "round.example.com", type: "A" }, answers: ["round.example.com CNAME about.example.com", "about.example.com CNAME round.example.com"] },
    { title: "a CNAME record to a name that does not exist", question: { name: "gone.example.com", type: "A" }, rcode: "NXDOMAIN", answers: ["gone.example.com CNAME nowhere.example.com"], authorities: ["SOA"] },
    { title: "no record of a type, with the SOA", question: { name: "www.example.com", type: "TXT" }, authorities: ["SOA"] },
    { title: "no record of a name that only has others below it, with the SOA", question: { name: "empty.example.com", type: "A" }, authorities: ["SOA"] },
    { title: "no such name, with the SOA", question: { name: "nothing.example.com", type: "A" }, rcode: "NXDOMAIN", authorities: ["SOA"] },
    { title: "a wildcard", question: { name: "any.thing.wild.example.com", type: "A" }, answers: ["any.thing.wild.example.com A 198.51.100.5"] },
    { title: "no wildcard for a name that exists", question: { name: "known.wild.example.com", type: "A" }, authorities: ["SOA"] },
    { title: "no wildcard below a name that exists", question: { name: "x.known.wild.example.com", type: "A" }, rcode: "NXDOMAIN", authorities: ["SOA"] },
    { title: "the wildcard itself", question: { name: "*.wild.example.com", type: "A" }, answers: ["*.wild.example.com A 198.51.100.5"] },
    { title: "a referral to the servers of a zone below", question: { name: "x.branch.example.com", type: "A" }, authorities: ["NS"], isAuthoritative: false },
    { title: "the key of a zone below, which stands above", question: { name: "branch.example.com", type: "DS" }, answers: [`branch.example.com DS ${JSON.stringify({ keyTag: 12345, algorithm: 3, digestType: 1, digest: Buffer.from("ef".repeat(20), "hex") })}`] },
    { title: "the address of a data endpoint", question: { name: "a1-ats.iot.eu-central-1.amazonaws.com", type: "A" }, answers: ["a1-ats.iot.eu-central-1.amazonaws.com A 127.0.0.1"] },
    { title: "the IPv6 address of a data endpoint", question: { name: "A1-ats.iot.eu-central-1.amazonaws.com", type: "AAAA" }, answers: ["A1-ats.iot.eu-central-1.amazonaws.com AAAA ::1"] },
    { title: "no IPv6 address of a data endpoint without one", question: { name: "v4.amazonaws.com", type: "AAAA" }, authorities: ["SOA"] },
    { title: "any type with the least", question: { name: "www.example.com", type: "ANY" }, answers: ['www.example.com HINFO {"cpu":"RFC8482","os":""}'] },
    { title: "another zone with a refusal", question: { name: "www.example.net", type: "A" }, rcode: "REFUSED", isAuthoritative: false },
    { title: "another class with a refusal", question: { name: "version.bind", type: "TXT", class: "CH" }, rcode: "REFUSED", isAuthoritative: false },
    { title: "the wish for a whole zone with a refusal", question: { name: "example.com", type: "AXFR" }, rcode: "REFUSED", isAuthoritative: false },
    { title: "another operation with NOTIMP", question: { name: "example.com", type: "SOA", flags: 5 << 11 }, rcode: "NOTIMP", isAuthoritative: false },
    { title: "a type that it cannot send with SERVFAIL", question: { name: "page.example.com", type: "UNKNOWN_99" }, rcode: "SERVFAIL", isAuthoritative: false },
];
