import { dnsFaults } from "./dns";
import { accountFaults } from "./account/faults";
import { endpointFaults } from "./endpoint/faults";
import type { FaultKind } from "./faultKind";
import { protocolFaults } from "./protocols/faults";
import { provisioningFaults } from "./provisioning/faults";
import { tlsFaults } from "./tls/faults";

/** Every fault that a look can find, by its identifier; those of certificates themselves are in rules/certificates. */
export const faultKinds: ReadonlyMap<string, FaultKind> = new Map(
    Object.entries<FaultKind>({
        ...dnsFaults,
        ...accountFaults,
        ...endpointFaults,
        ...tlsFaults,
        ...protocolFaults,
        ...provisioningFaults,
    }),
);
