import type { SocketAddress } from "../reach";
import { DnsFailure, type DnsClient, type DnsFailureKind } from "./client";
import type { dnsFaults } from "./faults";
import type { DnsReply } from "./message";
import type { AskedPlace } from "./places";
import { isBesideTheQuestion, sightingOf, type Sighting } from "./sighting";

/** A server with the name that people know it by. */
export interface NamedServer extends SocketAddress {
    readonly name: string;
}

/** Why a server's answers cannot be judged. */
export interface SurveyFailure {
    /** Absent where it says nothing about the server. */
    readonly rule?: keyof typeof dnsFaults;
    readonly got: string;
}

/** What one server said for all places. */
export interface Survey {
    readonly server: NamedServer;
    readonly sightings: readonly Sighting[];
    /** Each kind once. */
    readonly failures: readonly SurveyFailure[];
    /** Of its quickest answer. */
    readonly milliseconds?: number;
}

const ruleOfFailure: Readonly<Record<DnsFailureKind, keyof typeof dnsFaults | undefined>> = {
    silent: "dns-server-silent",
    closed: "dns-server-silent",
    mismatched: "dns-answer-mismatched",
    "tcp-missing": "dns-tcp-missing",
    "no-route": undefined,
};

/** Asks a server for a name as from every place; one that does not answer the first question is not asked any more. */
export async function survey(
    server: NamedServer,
    name: string,
    places: readonly AskedPlace[],
    client: DnsClient,
): Promise<Survey> {
    const [first, ...others] = places;
    if (first === undefined) {
        return { server, sightings: [], failures: [] };
    }
    const opening = await seen(server, name, first, client);
    const isWorthMore = "sighting" in opening && !opening.sighting.doesNotExist;
    const rest = isWorthMore ? await Promise.all(others.map((place) => seen(server, name, place, client))) : [];
    const all = [opening, ...rest];
    const failures = all.flatMap((each) => ("failure" in each ? [each.failure] : []));
    const times = all.flatMap((each) => ("sighting" in each ? [each.milliseconds] : []));
    return {
        server,
        sightings: all.flatMap((each) => ("sighting" in each ? [each.sighting] : [])),
        failures: [...new Map(failures.map((failure) => [failure.rule, failure])).values()],
        milliseconds: times.length === 0 ? undefined : Math.min(...times),
    };
}

type Seen = { readonly sighting: Sighting; readonly milliseconds: number } | { readonly failure: SurveyFailure };

async function seen(server: NamedServer, name: string, place: AskedPlace, client: DnsClient): Promise<Seen> {
    let reply: DnsReply;
    try {
        reply = await client.ask(server, { name, type: "CNAME", subnet: place.subnet });
    } catch (error) {
        if (!(error instanceof DnsFailure)) {
            throw error;
        }
        return { failure: { rule: ruleOfFailure[error.kind], got: `${server.name}: ${error.message}` } };
    }
    if (reply.rcode !== "NOERROR" && reply.rcode !== "NXDOMAIN") {
        const rule = reply.rcode === "REFUSED" ? "dns-server-refuses" : "dns-server-fails";
        return { failure: { rule, got: `${server.name}: ${reply.rcode}` } };
    }
    if (isBesideTheQuestion(name, reply)) {
        return { failure: { rule: "dns-answer-mismatched", got: `${server.name}: records of another name` } };
    }
    return { sighting: sightingOf(name, place, reply), milliseconds: reply.milliseconds };
}
