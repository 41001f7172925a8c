import { DescribeCertificateCommand, GetCertificateCommand, type CertificateDetail } from "@aws-sdk/client-acm";
import { DescribeDomainConfigurationCommand, type DescribeDomainConfigurationResponse } from "@aws-sdk/client-iot";
import {
    GetHealthCheckCommand,
    GetHealthCheckStatusCommand,
    type HealthCheckObservation,
    type HealthCheckType,
    type Route53Client,
} from "@aws-sdk/client-route-53";
import type { RegionalDomainOutput } from "../../outputs/contract";
import type { AwsClients } from "./access";

/** What AWS says of one thing: an answer, that there is no such thing, or why it does not say. */
export type Told<Answer> =
    | { readonly answer: Answer }
    | { readonly isMissing: true }
    /** The credentials may not ask, or AWS did not answer. */
    | { readonly withheld: string };

/** What AWS says of a domain in one region. */
export interface AccountFacts {
    readonly domainConfiguration: Told<DescribeDomainConfigurationResponse>;
    readonly certificate: Told<CertificateDetail>;
    /** PEM of the leaf that ACM holds. */
    readonly certificatePem: Told<string>;
    /** Absent where the domain has no health check. */
    readonly healthCheck?: Told<HealthCheckFacts>;
}

/** A health check, and what those say who look for it. */
export interface HealthCheckFacts {
    readonly type?: HealthCheckType;
    readonly observations: readonly HealthCheckObservation[];
}

/** Names of the exceptions that say that there is no such thing. */
const missing = ["ResourceNotFoundException", "NoSuchHealthCheck", "NotFoundException"];

/** Asks AWS something, and takes no for an answer. */
export async function told<Answer>(question: Promise<Answer>): Promise<Told<Answer>> {
    try {
        return { answer: await question };
    } catch (error) {
        const { name, message } = error as Error;
        return missing.includes(name) ? { isMissing: true } : { withheld: `${name}: ${message}` };
    }
}

/** Asks AWS for everything that it knows of a domain in one region. */
export async function gatherFacts(
    { domainConfigurationName, certificateArn, healthCheckId }: RegionalDomainOutput,
    { iot, acm, route53 }: AwsClients,
): Promise<AccountFacts> {
    const [domainConfiguration, certificate, certificatePem, healthCheck] = await Promise.all([
        told(iot.send(new DescribeDomainConfigurationCommand({ domainConfigurationName }))),
        told(
            acm
                .send(new DescribeCertificateCommand({ CertificateArn: certificateArn }))
                .then(({ Certificate = {} }) => Certificate),
        ),
        told(
            acm
                .send(new GetCertificateCommand({ CertificateArn: certificateArn }))
                .then(({ Certificate = "" }) => Certificate),
        ),
        healthCheckId === undefined ? undefined : told(askHealth(route53, healthCheckId)),
    ]);
    return { domainConfiguration, certificate, certificatePem, healthCheck };
}

/** Whether there is such a health check comes first: who may not see what it reports is told at least that. */
async function askHealth(route53: Route53Client, HealthCheckId: string): Promise<HealthCheckFacts> {
    const { HealthCheck } = await route53.send(new GetHealthCheckCommand({ HealthCheckId }));
    const { HealthCheckObservations = [] } = await route53.send(new GetHealthCheckStatusCommand({ HealthCheckId }));
    return { type: HealthCheck?.HealthCheckConfig?.Type, observations: HealthCheckObservations };
}
