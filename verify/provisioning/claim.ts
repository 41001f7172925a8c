import type { Finding } from "../../rules/finding";
import { faultsOf } from "../faultKind";
import { MqttFailure, type MqttSession } from "../protocols/mqttSession";
import type { Spoken } from "../protocols/protocols";
import { testName } from "../temporary";
import type { Entrance } from "./entrance";
import { certificateRequests, registerThing, Rejection, type ClaimedCertificate } from "./exchange";
import { provisioningFaults } from "./faults";
import { tryProvisionedDevice } from "./provisionedDevice";
import { provisioningPath, type Claim, type ProvisioningSettings, type UsableBundle } from "./settings";

const fault = faultsOf(provisioningFaults);

type Rule = keyof typeof provisioningFaults;

/** The steps of an exchange, and what a failure in each is called. */
type Step = "connect" | "certificate" | "register";

const refused: Readonly<Record<Step, Rule>> = {
    connect: "claim-connect-refused",
    certificate: "claim-certificate-refused",
    register: "claim-register-refused",
};

interface Provisioned {
    readonly thingName: string;
    readonly certificate: ClaimedCertificate;
}

/** Has a device that nobody knows come in with a claim, get a certificate of its own, and use it. */
export async function provisionByClaim(
    entrance: Entrance,
    { title, bundle }: Claim,
    settings: ProvisioningSettings,
): Promise<Spoken[]> {
    const what = `a device with ${title}`;
    const path = provisioningPath(entrance.region, "claim");
    const hasHook = settings.outputs.regions[entrance.region]?.claim?.preProvisioningHookArn !== undefined;
    const started = performance.now();
    const outcome = await settings.during(() => claim(entrance, bundle, settings, { path, hasHook }));
    if ("rule" in outcome) {
        return [{ what, detail: outcome.got, findings: [outcome] }];
    }
    const { thingName, certificate } = outcome;
    const milliseconds = Math.round(performance.now() - started);
    const device = { certificate: certificate.certificatePem, privateKey: certificate.privateKey };
    const tried = await tryProvisionedDevice(entrance, { thingName, device, path }, settings.topic);
    return [
        { what, detail: `registered as ${thingName}`, findings: [], milliseconds },
        { what: `the device that came with ${title}`, ...tried },
    ];
}

async function claim(
    entrance: Entrance,
    bundle: UsableBundle,
    settings: ProvisioningSettings,
    { path, hasHook }: { readonly path: string; readonly hasHook: boolean },
): Promise<Provisioned | Finding> {
    let step: Step = "connect";
    let session: MqttSession | undefined;
    try {
        const claimPair = { certificate: bundle.certificatePem, privateKey: bundle.privateKeyPem };
        const clientId = `${bundle.clientIdPrefix ?? ""}${testName()}`;
        const opened = await entrance.connect(clientId, claimPair, path);
        if ("rule" in opened) {
            return opened.rule === "client-certificate-refused"
                ? fault("claim-connect-refused", { path, got: opened.got })
                : opened;
        }
        session = opened;
        step = "certificate";
        const [operation = "CreateKeysAndCertificate"] = bundle.operations ?? [];
        const request = certificateRequests[operation] ?? certificateRequests.CreateKeysAndCertificate;
        const certificate = await request!(session);
        settings.made(entrance.region, { certificateId: certificate.certificateId });
        step = "register";
        const { thingName } = await registerThing(
            session,
            bundle.templateName,
            certificate.certificateOwnershipToken,
            parametersOf(bundle, settings),
        );
        settings.made(entrance.region, { certificateId: certificate.certificateId, thingName });
        return { thingName, certificate };
    } catch (error) {
        return failureFinding(error, step, path, hasHook);
    } finally {
        session?.close();
    }
}

/** What the user says, else the template's own default, else a name that tells where it comes from. */
function parametersOf(bundle: UsableBundle, { parameters }: ProvisioningSettings): Record<string, string> {
    const madeUp = Object.entries(bundle.parameters ?? {})
        .filter(([name, parameter]) => parameter.default === undefined && parameters[name] === undefined)
        .map(([name]) => [name, testName()] as const);
    return { ...Object.fromEntries(madeUp), ...parameters };
}

function failureFinding(error: unknown, step: Step, path: string, hasHook: boolean): Finding {
    if (error instanceof Rejection) {
        const isHooks = step === "register" && hasHook;
        const rule =
            isHooks && error.errorCode === "AccessDenied"
                ? "claim-hook-denied"
                : isHooks && error.statusCode >= 500
                  ? "claim-hook-failed"
                  : refused[step];
        return fault(rule, { path, got: error.message });
    }
    if (error instanceof MqttFailure) {
        const isSilent = error.stage === "receive" || error.kind === "silent";
        return fault(isSilent ? "claim-silent" : refused[step], { path, got: `${error.stage}: ${error.message}` });
    }
    throw error;
}
