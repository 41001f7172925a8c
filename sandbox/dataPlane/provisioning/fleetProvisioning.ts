import type { Cloud } from "../../cloud";
import type { OperationContext } from "../../cloud/context";
import { certificates } from "../../cloud/services/iot/certificateTable";
import {
    defaultBody,
    provisioningTemplates,
    type StoredTemplate,
} from "../../cloud/services/iot/provisioningTemplates";
import { certificateIdParameter } from "../../../rules/provisioning/parameters";
import type { Functions } from "../lambda/functions";
import type { ReservedAnswer, ReservedMessage } from "../mqtt/gateway";
import { createCertificateFromCsr, createKeysAndCertificate } from "./claimedCertificates";
import { invalid, ProvisioningFailure } from "./failure";
import { askHook } from "./hook";
import { ownedCertificate, useOwnershipToken } from "./ownershipTokens";
import { register } from "./registration";
import type { Parameters } from "./template";

type Json = Readonly<Record<string, unknown>>;

const certificateTopics: Readonly<Record<string, (context: OperationContext, payload: Json) => Json>> = {
    "$aws/certificates/create/json": createKeysAndCertificate,
    "$aws/certificates/create-from-csr/json": createCertificateFromCsr,
};

const provisionTopic = /^\$aws\/provisioning-templates\/([0-9A-Za-z_-]+)\/provision\/json$/;

/**
 * Provisioning by claim, as devices speak to it over MQTT: in JSON.
 *
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/fleet-provision-api.html
 */
export class FleetProvisioning {
    constructor(
        private readonly cloud: Cloud,
        private readonly region: string,
        private readonly functions: Functions,
    ) {}

    /** Answers a message; `undefined` for a topic that is not provisioning's. */
    async answer(message: ReservedMessage): Promise<ReservedAnswer[] | undefined> {
        const { topic, payload } = message;
        const create = Object.hasOwn(certificateTopics, topic) ? certificateTopics[topic] : undefined;
        const [, templateName] = provisionTopic.exec(topic) ?? [];
        if (create === undefined && templateName === undefined) {
            return undefined;
        }
        try {
            const request = parse(payload);
            const answer =
                create === undefined
                    ? await this.registerThing(templateName ?? "", request, message)
                    : await this.observe((context) => create(context, request));
            return [{ topic: `${topic}/accepted`, payload: JSON.stringify(answer) }];
        } catch (error) {
            return [{ topic: `${topic}/rejected`, payload: JSON.stringify(rejection(error)) }];
        }
    }

    /** @see https://docs.aws.amazon.com/iot/latest/developerguide/fleet-provision-api.html#register-thing */
    private async registerThing(templateName: string, request: Json, message: ReservedMessage): Promise<Json> {
        const token = request["certificateOwnershipToken"];
        if (typeof token !== "string" || token === "") {
            throw invalid("Certificate ownership token cannot be empty.");
        }
        const given = textsOf(request["parameters"]);
        const { template, certificateId, pem } = await this.observe((context) => {
            const owned = ownedCertificate(context, token);
            if (owned === undefined) {
                throw new ProvisioningFailure(403, "InvalidCertificateOwnershipToken", "The token is not valid.");
            }
            const { pem } = certificates.find(context, owned);
            return { template: enabledTemplate(context, templateName), certificateId: owned, pem };
        });
        const { principal, facts } = message;
        const overrides = await askHook(this.functions, template.preProvisioningHook?.targetArn, template.arn, {
            claimCertificateId: principal.certificateId,
            certificateId,
            certificatePem: pem,
            templateArn: template.arn,
            clientId: facts.clientId,
            parameters: given,
        });
        const parameters = { ...given, ...overrides, [certificateIdParameter]: certificateId };
        return this.observe((context) => {
            const body = defaultBody(enabledTemplate(context, templateName));
            const { thingName, deviceConfiguration } = register(context, body, parameters, certificateId);
            useOwnershipToken(context, token);
            return { deviceConfiguration, thingName };
        });
    }

    private observe<Result>(action: (context: OperationContext) => Result): Promise<Result> {
        return this.cloud.observe({ region: this.region }, action);
    }
}

function enabledTemplate(context: OperationContext, name: string): StoredTemplate {
    const template = provisioningTemplates.get(context, name);
    if (template === undefined || template.type !== "FLEET_PROVISIONING") {
        throw new ProvisioningFailure(404, "ResourceNotFound", `The template ${name} does not exist.`);
    }
    if (!template.enabled) {
        throw new ProvisioningFailure(400, "InvalidRequest", `The template ${name} is disabled.`);
    }
    return template;
}

function parse(payload: Buffer): Json {
    if (payload.length === 0) {
        return {};
    }
    let value: unknown;
    try {
        value = JSON.parse(payload.toString());
    } catch {
        throw new ProvisioningFailure(400, "InvalidPayload", "The payload is no JSON.");
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
        throw new ProvisioningFailure(400, "InvalidPayload", "The payload is no JSON object.");
    }
    return value as Json;
}

function textsOf(value: unknown): Parameters {
    const entries = Object.entries((value ?? {}) as Json);
    const wrong = entries.find(([, each]) => typeof each !== "string");
    if (wrong !== undefined) {
        throw invalid(`The parameter ${wrong[0]} is no text.`);
    }
    return Object.fromEntries(entries) as Parameters;
}

function rejection(error: unknown): Json {
    if (!(error instanceof ProvisioningFailure)) {
        // A defect of the sandbox is not the device's to hear of.
        throw error;
    }
    return { statusCode: error.statusCode, errorCode: error.errorCode, errorMessage: error.message };
}
