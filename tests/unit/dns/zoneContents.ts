/** Record sets as Route 53's API takes them, for the tests of the name server. */

/** A record set without a routing policy. */
export const simple = (Name: string, Type: string, ...values: string[]) => ({
    Name,
    Type,
    TTL: 60,
    ResourceRecords: values.map((Value) => ({ Value })),
});
/** A CNAME record set. */
export const cname = (Name: string, Value: string, fields: object = {}) => ({
    ...simple(Name, "CNAME", Value),
    ...fields,
});

const longText = Array.from({ length: 8 }, (_, index) => `"${String(index).repeat(200)}"`).join(" ");

/** A zone with something of everything. */
export const zoneContents: readonly object[] = [
    simple("example.com", "A", "198.51.100.1"),
    simple("example.com", "MX", "10 mail.example.com.", "20 mail.example.net."),
    simple("www.example.com", "A", "198.51.100.2", "198.51.100.3"),
    simple("www.example.com", "AAAA", "2001:db8::2"),
    simple("text.example.com", "TXT", '"one" "t\\"wo\\\\\\101"', '"three"'),
    simple("long.example.com", "TXT", longText),
    simple("below.empty.example.com", "A", "198.51.100.4"),
    simple("_mqtt._tcp.example.com", "SRV", "1 2 8883 iot.example.com."),
    simple("authority.example.com", "CAA", '0 issue "amazon.com"'),
    simple("phone.example.com", "NAPTR", '100 50 "u" "E2U+sip" "!^.*$!sip:a@example.com!" .'),
    simple("tls.example.com", "TLSA", "3 1 1 " + "ab".repeat(32)),
    simple("shell.example.com", "SSHFP", "4 2 " + "CD".repeat(32)),
    simple("page.example.com", "SPF", '"v=spf1 -all"'),
    simple("branch.example.com", "NS", "ns.example.net."),
    simple("branch.example.com", "DS", "12345 3 1 " + "ef".repeat(20)),
    simple("*.wild.example.com", "A", "198.51.100.5"),
    simple("known.wild.example.com", "TXT", '"known"'),
    cname("one.example.com", "two.example.com"),
    cname("two.example.com", "www.example.com."),
    cname("gone.example.com", "nowhere.example.com"),
    cname("out.example.com", "a1-ats.iot.eu-central-1.amazonaws.com"),
    cname("foreign.example.com", "www.example.net"),
    cname("round.example.com", "about.example.com"),
    cname("about.example.com", "round.example.com"),
];

/** Hosts outside the zone. */
export const hosts = {
    "a1-ats.iot.eu-central-1.amazonaws.com": ["127.0.0.1", "::1"],
    "v4.amazonaws.com": ["127.0.0.1"],
};
