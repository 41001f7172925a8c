import * as pulumi from "@pulumi/pulumi";
import { acceptHooks } from "../../components/acceptHooks";

/** A resource as it was registered. */
export interface Recorded {
    readonly type: string;
    readonly name: string;
    /** Resolved; secrets in the clear. */
    readonly inputs: Readonly<Record<string, any>>;
    /** Resolved; a word in the place of each secret. */
    readonly plainInputs: Readonly<Record<string, any>>;
    /** The logical name of its parent. */
    readonly parent: string | undefined;
    readonly options: pulumi.ResourceOptions;
}

/** Which account the invokes speak of. */
export const accountId = "123456789012";

const answers: Readonly<Record<string, (inputs: Record<string, any>) => Record<string, unknown>>> = {
    "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId }),
    "aws:iot/getEndpoint:getEndpoint": ({ region }) => ({ endpointAddress: `a1-ats.iot.${region}.amazonaws.com` }),
    "aws:iot/getRegistrationCode:getRegistrationCode": ({ region }) => ({ registrationCode: `code-of-${region}` }),
};

/** How the engine's protocol marks a secret. */
const [signatureKey, secretSignature] = ["4dabf18193072939515e22adb298388d", "1b47061264138c4ac30d75fd1eb44270"];

function withSecretsAs(value: any, replace: (secret: any) => unknown): any {
    if (Array.isArray(value)) {
        return value.map((member) => withSecretsAs(member, replace));
    }
    if (typeof value !== "object" || value === null || pulumi.asset.Archive.isInstance(value)) {
        return value;
    }
    return value[signatureKey] === secretSignature
        ? replace(withSecretsAs(value.value, replace))
        : Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withSecretsAs(member, replace)]));
}

/** What resources get beyond what they were given. */
const computed: Readonly<Record<string, (name: string) => Record<string, unknown>>> = {
    "tls:index/privateKey:PrivateKey": (name) => ({ privateKeyPem: `private key of ${name}` }),
    "tls:index/selfSignedCert:SelfSignedCert": (name) => ({ certPem: `certificate of ${name}` }),
    "tls:index/certRequest:CertRequest": (name) => ({ certRequestPem: `request of ${name}` }),
    "tls:index/locallySignedCert:LocallySignedCert": (name) => ({ certPem: `certificate of ${name}` }),
};

/** Everything that one use of components registers, in Pulumi's mocks. */
export class Recorder {
    private readonly inputs = new Map<string, Record<string, any>>();
    private readonly registered: Array<{ type: string; name: string; opts: pulumi.ResourceOptions }> = [];
    /** Regions and other inputs of invokes, by their tokens. */
    public readonly invokes: Array<{ readonly token: string; readonly inputs: Record<string, any> }> = [];

    public constructor() {
        void pulumi.runtime.setMocks(
            {
                newResource: ({ type, name, inputs }) => {
                    this.inputs.set(`${type} ${name}`, inputs);
                    const state = { arn: `arn of ${name}`, ...inputs, ...computed[type]?.(name) };
                    return { id: `id of ${name}`, state };
                },
                call: ({ token, inputs }) => {
                    this.invokes.push({ token, inputs });
                    const answer = answers[token];
                    if (answer === undefined) {
                        throw new Error(`no answer to ${token}`);
                    }
                    return answer(inputs);
                },
            },
            "iot-domains",
            "dev",
        );
        acceptHooks();
    }

    /** Options under which a component and all its children are recorded. */
    public readonly options: pulumi.ComponentResourceOptions = {
        transformations: [
            ({ type, name, opts }) => {
                this.registered.push({ type, name, opts });
                return undefined;
            },
        ],
    };

    /** Waits for everything, and tells what there is, in the order of registration. */
    public async all(): Promise<Recorded[]> {
        await pulumi.runtime.disconnect();
        const rawInputs = ({ type, name }: { type: string; name: string }) => this.inputs.get(`${type} ${name}`) ?? {};
        return this.registered.map(({ type, name, opts }) => ({
            type,
            name,
            inputs: withSecretsAs(rawInputs({ type, name }), (secret) => secret),
            plainInputs: withSecretsAs(rawInputs({ type, name }), () => "[secret]"),
            parent: opts.parent && (opts.parent as unknown as { __name: string }).__name,
            options: opts,
        }));
    }
}
