import { accountFaults } from "./injected/account";
import { endpointFaults } from "./injected/endpoint";
import { protocolsFaults } from "./injected/protocols";
import { provisioningFaults } from "./injected/provisioning";
import { tlsFaults } from "./injected/tls";
import type { InjectedFault } from "./injection";

/** Faults that are put into a sound domain; those of DNS are in tests/unit/dns. */
export const injectedFaults: readonly InjectedFault[] = [
    ...accountFaults,
    ...endpointFaults,
    ...tlsFaults,
    ...protocolsFaults,
    ...provisioningFaults,
];
