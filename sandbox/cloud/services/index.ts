import { Service, type ServiceDefinition } from "../service";
import { acm } from "./acm";
import { acmPca } from "./acm-pca";
import { cloudcontrol } from "./cloudcontrol";
import { cloudwatch } from "./cloudwatch";
import { events } from "./events";
import { iam } from "./iam";
import { iot } from "./iot";
import { lambda } from "./lambda";
import { route53 } from "./route53";
import { secretsmanager } from "./secretsmanager";
import { sns } from "./sns";
import { sts } from "./sts";

const definitions: Readonly<Record<string, ServiceDefinition>> = {
    acm,
    "acm-pca": acmPca,
    cloudcontrol,
    cloudwatch,
    events,
    iam,
    iot,
    lambda,
    route53,
    secretsmanager,
    sns,
    sts,
};

const loaded = new Map<string, Service>();

/** The service of that name; its model is read when it is first asked for. */
export function findService(name: string): Service | undefined {
    const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
    if (definition === undefined) {
        return undefined;
    }
    const service = loaded.get(name) ?? new Service(name, definition);
    loaded.set(name, service);
    return service;
}

/** The names of all services. */
export const serviceNames: readonly string[] = Object.keys(definitions);
