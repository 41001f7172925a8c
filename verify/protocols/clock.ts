import type { Finding } from "../../rules/finding";
import { faultsOf } from "../faultKind";
import { protocolFaults } from "./faults";

const fault = faultsOf(protocolFaults);

/** By how much clocks may differ: AWS refuses signatures that are older. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html */
const toleranceInMilliseconds = 5 * 60 * 1000;

/** Whether this machine's clock goes as the server's does: validity and signatures are judged by it. */
export function skewFindings(serverDate: Date | undefined, path: string, here = new Date()): Finding[] {
    const skew = serverDate === undefined ? 0 : here.getTime() - serverDate.getTime();
    return Math.abs(skew) <= toleranceInMilliseconds
        ? []
        : [
              fault("clock-skew", {
                  path,
                  got: `${Math.round(Math.abs(skew) / 60_000)} minutes ${skew > 0 ? "ahead" : "behind"}`,
              }),
          ];
}
