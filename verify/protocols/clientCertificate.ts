import { faultsOf } from "../faultKind";
import { observed, type LookResult, type Observation } from "../look";
import { protocolFaults } from "./faults";

const fault = faultsOf(protocolFaults);

/** How AWS turns a certificate away that it does not know, or that is not active. */
const signs = ["mqtt-closed", "https-publish-refused"];

/**
 * What every refusal of a client certificate comes to: where MQTT is ended without a word, in MQTT 5 too, and HTTPS is
 * refused, nobody has looked at a policy; it is the certificate itself that AWS does not let in.
 *
 * @param spoken What a device with a certificate tried on each connection
 */
export function judgeClientCertificate(
    spoken: readonly Observation[],
    about: Omit<Observation, "outcome" | "findings" | "what" | "detail">,
    path: string,
): LookResult | undefined {
    const rules = spoken.map(({ findings = [] }) => findings.map(({ rule }) => rule));
    const isRefused = (own: readonly string[]) => own.length > 0 && own.every((rule) => signs.includes(rule));
    if (!rules.every(isRefused) || !signs.every((sign) => rules.flat().includes(sign))) {
        return undefined;
    }
    const got = "the end of every MQTT connection, and a refusal of every publish over HTTPS";
    const finding = fault("client-certificate-refused", { path, got });
    return observed({ ...about, what: "client certificate", detail: got }, [finding]);
}
