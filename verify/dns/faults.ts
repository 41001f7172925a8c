import type { FaultKinds } from "../faultKind";

const developerGuide = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide";
const customDomains =
    "https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html";

/** What can be wrong with a domain's answers in DNS. */
export const dnsFaults = {
    "dns-delegation": {
        look: "dns",
        title: "The zone is not handed over to its Route 53 name servers",
        severity: "critical",
        expected: "the name servers of the hosted zone",
        remedy:
            "enter the hosted zone's name servers at the registrar, or as NS records in the zone above: " +
            "aws route53 get-hosted-zone; until then nobody is told what stands in the hosted zone",
        reference: `${developerGuide}/migrate-dns-domain-in-use.html`,
    },
    "dns-server-silent": {
        look: "dns",
        title: "A name server does not answer",
        severity: "high",
        expected: "an answer over UDP",
        remedy:
            "look for a firewall between here and there that drops UDP port 53; where other networks get no answer either, look at " +
            "https://health.aws.amazon.com",
        reference: `${developerGuide}/SOA-NSrecords.html`,
    },
    "dns-server-refuses": {
        look: "dns",
        title: "A name server does not serve the zone",
        severity: "high",
        expected: "an answer from the zone",
        remedy:
            "compare the NS records of the zone with aws route53 get-hosted-zone: a server that refuses the zone is none of its " +
            "servers, or the zone was deleted and made anew with others",
        reference: `${developerGuide}/SOA-NSrecords.html`,
    },
    "dns-server-fails": {
        look: "dns",
        title: "A name server answers with an error",
        severity: "high",
        expected: "NOERROR",
        remedy: "look whether a proxy or firewall on the way changes DNS messages, and ask from another network with dig",
        reference: "https://www.iana.org/assignments/dns-parameters/dns-parameters.xhtml#dns-parameters-6",
    },
    "dns-answer-mismatched": {
        look: "dns",
        title: "What comes back does not answer the question",
        severity: "critical",
        expected: "an answer with the question's identifier, name and type",
        remedy:
            "find out who answers: something on the way takes DNS questions and answers them itself; ask from another network, and " +
            "do not send devices' names through this one",
        reference: "https://datatracker.ietf.org/doc/html/rfc5452",
    },
    "dns-tcp-missing": {
        look: "dns",
        title: "A name server truncates its answer and does not answer over TCP",
        severity: "high",
        expected: "the whole answer over TCP",
        remedy: "let TCP port 53 through as well as UDP: what does not fit into UDP comes over TCP",
        reference: "https://datatracker.ietf.org/doc/html/rfc7766",
    },
    "dns-servers-differ": {
        look: "dns",
        title: "A name server answers otherwise than the others",
        severity: "high",
        expected: "the same answers from every name server of the zone",
        remedy:
            "look again in a minute, which is how long Route 53 takes to bring a change to all its servers; where it stays, that " +
            "server is not of this hosted zone: compare the NS records with aws route53 get-hosted-zone",
        reference: `${developerGuide}/resource-record-sets-creating.html`,
    },
    "dns-name-missing": {
        look: "dns",
        title: "The domain name does not exist",
        severity: "critical",
        expected: "a CNAME record at the domain name",
        remedy:
            "run pulumi preview --refresh to see which records are gone, and pulumi up; where they are there, look whether another " +
            "hosted zone of the same name is the one that is asked",
        reference: customDomains,
    },
    "dns-record-type": {
        look: "dns",
        title: "The domain name has other records in the place of its CNAME",
        severity: "critical",
        expected: "a CNAME record to a region's data endpoint",
        remedy:
            "delete the other record and run pulumi up --refresh: addresses of AWS IoT Core change, and an address that somebody " +
            "wrote down leads nowhere one day",
        reference: customDomains,
    },
    "dns-default-missing": {
        look: "dns",
        title: "Places without a record of their own get no answer",
        severity: "critical",
        expected: "an answer of the default for every place that has none of its own",
        remedy: "run pulumi preview --refresh to see the default record that is gone, and pulumi up",
        reference: `${developerGuide}/routing-policy-geo.html`,
    },
    "dns-place-unanswered": {
        look: "dns",
        title: "A place gets no answer",
        severity: "critical",
        expected: "an answer for every place",
        remedy: "run pulumi preview --refresh to see which records are gone or were changed, and pulumi up",
        reference: `${developerGuide}/routing-policy.html`,
    },
    "dns-answer-foreign": {
        look: "dns",
        title: "The name leads to a host that is none of the domain's",
        severity: "critical",
        expected: "a data endpoint of the stack's outputs",
        remedy:
            "run pulumi preview --refresh to see which record was changed, and pulumi up; if the host is of another account, find " +
            "out who has changed the record: CloudTrail, ChangeResourceRecordSets",
        reference: customDomains,
    },
    "dns-answer-unexpected": {
        look: "dns",
        title: "A place is sent to another region than the routing says",
        severity: "high",
        expected: "the region that the routing gives the place",
        remedy:
            "run pulumi preview --refresh to see which records differ, and pulumi up; where none does, Route 53 takes the network " +
            "for another place: aws route53 test-dns-answer with its address",
        reference: `${developerGuide}/routing-policy.html`,
    },
    "dns-drained-answered": {
        look: "dns",
        title: "Devices are still sent to a region that is drained",
        severity: "high",
        expected: "no answer with a drained region",
        remedy: "run pulumi preview --refresh to see the records that still name the region, and pulumi up",
        reference: `${developerGuide}/routing-policy.html`,
    },
    "dns-region-avoided": {
        look: "dns",
        title: "Route 53 takes a region for unhealthy and sends its devices to the next one",
        severity: "high",
        expected: "a region that Route 53 finds healthy",
        remedy:
            "look at the region's health check: aws route53 get-health-check-status; DNS does right and needs no repair. Where the " +
            "region is known to be down, say so with --unhealthy; where the check is healthy, run pulumi preview --refresh",
        reference: `${developerGuide}/health-checks-how-route-53-chooses-records.html`,
    },
    "dns-time-to-live": {
        look: "dns",
        title: "Resolvers may keep an answer for another time than configured",
        severity: "medium",
        expected: "the routing's timeToLive",
        remedy:
            "run pulumi preview --refresh to see which record was changed, and pulumi up; until the longer time has run out, " +
            "devices stay with a region that has failed",
        reference: `${developerGuide}/resource-record-sets-values-shared.html`,
    },
    "dns-circle": {
        look: "dns",
        title: "The name's CNAME records lead around in a circle",
        severity: "critical",
        expected: "a CNAME record to a region's data endpoint",
        remedy: "run pulumi preview --refresh to see which record was changed, and pulumi up",
        reference: customDomains,
    },
    "dns-chain": {
        look: "dns",
        title: "The name reaches its endpoint by a detour",
        severity: "medium",
        expected: "one CNAME record from the domain name to the endpoint",
        remedy:
            "run pulumi preview --refresh to see which record was changed, and pulumi up: each record on the way is one more that " +
            "can fail, and whose time to live counts",
        reference: customDomains,
    },
    "dns-client-subnet-scope": {
        look: "dns",
        title: "An answer for one place is offered as one for everybody",
        severity: "medium",
        expected: "answers by place whose scope is not 0",
        remedy:
            "ask Route 53's own servers, by the NS records of the zone: something between them and here tells resolvers to give one " +
            "place's answer to all",
        reference: "https://datatracker.ietf.org/doc/html/rfc7871#section-7.2.1",
    },
    "dns-addresses-missing": {
        look: "dns",
        title: "The name resolves to an endpoint without addresses",
        severity: "critical",
        expected: "an IPv4 or IPv6 address at the end of the name",
        remedy:
            "compare the host with aws iot describe-endpoint --endpoint-type iot:Data-ATS in its region; where it is the same, ask " +
            "another resolver with --dns-server",
        reference: customDomains,
    },
    "dns-resolver-stale": {
        look: "dns",
        title: "A resolver gives an answer that the zone does not give",
        severity: "medium",
        expected: "what the zone's own servers answer",
        remedy:
            "wait until the time to live that it tells has run out, and look again; a resolver that goes on keeps answers longer " +
            "than it may, or has a zone of its own for the name",
        reference: "https://datatracker.ietf.org/doc/html/rfc8767",
    },
} as const satisfies FaultKinds;
