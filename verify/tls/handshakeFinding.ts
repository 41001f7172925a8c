import type { Finding } from "../../rules/finding";
import { faultsOf } from "../faultKind";
import type { ConnectionFailure, FailureKind } from "../network/failure";
import { tlsFaults } from "./faults";

const fault = faultsOf(tlsFaults);

/** What a handshake's failure is called as a fault; how a port itself can fail is the look at the endpoint's. */
const faultOfFailure: Readonly<Record<FailureKind, keyof typeof tlsFaults>> = {
    silent: "tls-silent",
    unanswered: "tls-silent",
    reset: "tls-reset",
    closed: "tls-reset",
    refused: "tls-reset",
    unresolved: "tls-reset",
    "no-route": "tls-reset",
    alert: "tls-alert",
    disagreed: "tls-alert",
    "not-tls": "tls-not-spoken",
};

/** A failed handshake as a finding. A name that is not served ends in an alert of that name with some servers. */
export function handshakeFinding(
    { kind, message }: ConnectionFailure,
    { path, port, serverName }: { readonly path: string; readonly port: string; readonly serverName: string },
): Finding {
    const isUnknownName = kind === "alert" && /unrecognized.name/i.test(message);
    const rule = isUnknownName ? "tls-domain-not-served" : faultOfFailure[kind];
    return fault(rule, { path, got: `on port ${port} for ${serverName}: ${message}` });
}
