import * as pulumi from "@pulumi/pulumi";
import type { OcspStaplingInputs } from "./inputs";
import type { ocspStaplingProvider } from "./provider";

type Provider = typeof ocspStaplingProvider;

/**
 * Loads the provider where Pulumi runs it: in a process of its own, in the folder that Pulumi.yaml names as `main`.
 *
 * Pulumi puts the text of what a dynamic resource's provider consists of into the stack's state. So that it is these few
 * lines and not the whole provider with all that it imports, and so that a later deployment runs later code, the
 * provider is not referred to here, but loaded from the project when it is called.
 */
function load(): Provider {
    const { createRequire } = process.getBuiltinModule("node:module");
    const requireFromMain = createRequire(`${process.cwd()}/`);
    requireFromMain("../tools/typescript.cjs");
    const loaded = requireFromMain("../components/ocspStapling/provider.ts") as { ocspStaplingProvider: Provider };
    return loaded.ocspStaplingProvider;
}

const provider: Required<pulumi.dynamic.ResourceProvider<OcspStaplingInputs, OcspStaplingInputs>> = {
    configure: (request) => load().configure(request),
    check: (olds, news) => load().check(olds, news),
    diff: (id, olds, news) => load().diff(id, olds, news),
    create: (inputs) => load().create(inputs),
    read: (id, props) => load().read(id, props),
    update: (id, olds, news) => load().update(id, olds, news),
    delete: (id, props) => load().delete(id, props),
};

/** What {@link OcspStapling} needs to know. */
export type OcspStaplingArgs = {
    readonly [Name in keyof OcspStaplingInputs]: pulumi.Input<OcspStaplingInputs[Name]>;
};

/**
 * The OCSP stapling of a domain configuration: a resource of its own, because `aws.iot.DomainConfiguration` has none.
 *
 * Making, changing and deleting it updates the domain configuration in place, and never replaces it.
 */
export class OcspStapling extends pulumi.dynamic.Resource {
    public constructor(name: string, args: OcspStaplingArgs, options?: pulumi.CustomResourceOptions) {
        super(provider, name, { ...args }, options, "iot-domains", "OcspStapling");
    }
}
