import type { DomainOutput } from "../outputs/contract";
import { isFault, type Finding } from "../rules/finding";
import type { Reach } from "./reach";

/** What is looked at: what AWS says, then everything in the order in which a device meets it. */
export const lookNames = ["account", "dns", "endpoint", "tls", "protocols", "provisioning"] as const;

/** A look of {@link lookNames}. */
export type LookName = (typeof lookNames)[number];

/** One domain of a stack, as its outputs describe it. */
export interface LookedAtDomain {
    /** Its key in the configuration and the outputs: `telemetry`. */
    readonly key: string;
    readonly domain: DomainOutput;
    /** The regions to look at: all of `domain.regions` unless the user asked for some. */
    readonly regions: readonly string[];
}

/** How one thing that was looked at turned out. */
export type Outcome =
    /** As it should be. */
    | "sound"
    /** A finding that is more than advice says why not. */
    | "fault"
    /** A finding of severity `low` says why. */
    | "advice"
    /** Not looked at, or not to the end, and the detail says why: never to be read as sound. */
    | "unseen";

/** One line of the table: what was looked at, and what was seen. */
export interface Observation {
    readonly look: LookName;
    /** The domain's key. */
    readonly domain: string;
    /** Absent where it is about the domain as a whole. */
    readonly region?: string;
    /** What was looked at, in a few words: `TLS 1.3`, `answers for Kenya`. */
    readonly what: string;
    readonly outcome: Outcome;
    /** What was seen, in words. Never holds a secret. */
    readonly detail: string;
    /** The findings that the outcome rests on. @default none */
    readonly findings?: readonly Finding[];
    /** How long the answer took, where that says something. */
    readonly milliseconds?: number;
}

/** What a look gives back. */
export interface LookResult {
    readonly observations: readonly Observation[];
    readonly findings: readonly Finding[];
    /** Why something could not be looked at that needs nothing but a network. @default none */
    readonly failures?: readonly string[];
}

/** Told in a few words what is being looked at, whenever that changes. */
export type Progress = (step: string) => void;

/**
 * Looks at one domain from outside.
 *
 * Never throws for anything that it meets on the network: whatever happens there is an observation or a finding. When a
 * cause has been found, its consequences are `unseen`, not findings of their own.
 */
export type Look = (domain: LookedAtDomain, reach: Reach, progress: Progress) => Promise<LookResult>;

/** Where a domain, or what a region has of it, stands in the outputs: the path of findings. */
export function pathOf(domain: string, region?: string): string {
    return `domains.${domain}${region === undefined ? "" : `.regions.${region}`}`;
}

/** The outcome that findings come to. */
export function outcomeOf(findings: readonly Finding[]): Outcome {
    return findings.some(isFault) ? "fault" : findings.length > 0 ? "advice" : "sound";
}

/** What a look says of one thing: the observation, with the outcome of its findings. */
export function observed(
    observation: Omit<Observation, "outcome" | "findings">,
    findings: readonly Finding[] = [],
): LookResult {
    return { observations: [{ ...observation, outcome: outcomeOf(findings), findings }], findings };
}

/** What was not looked at, or not to the end. */
export function unseen(observation: Omit<Observation, "outcome" | "findings">): LookResult {
    return { observations: [{ ...observation, outcome: "unseen" }], findings: [] };
}

/** What could not be looked at though it needs nothing but a network: that says something of this machine alone. */
export function impossible(observation: Omit<Observation, "outcome" | "findings">): LookResult {
    const { domain, region, what, detail } = observation;
    const place = [domain, region].filter((part) => part !== undefined).join(" ");
    return { ...unseen(observation), failures: [`${place}: ${what}: ${detail}`] };
}

/** Several results as one. */
export function together(results: readonly LookResult[]): Required<LookResult> {
    return {
        failures: results.flatMap(({ failures = [] }) => failures),
        observations: results.flatMap(({ observations }) => observations),
        findings: results.flatMap(({ findings }) => findings),
    };
}
