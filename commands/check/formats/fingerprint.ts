import { createHash } from "node:crypto";
import type { CheckFinding } from "../finding";

/** The same for the same finding in every run, wherever in the file it stands by then. */
export function fingerprint(stack: string, { rule, resource, message }: CheckFinding): string {
    const parts = [stack, rule, resource?.urn ?? "", message];
    return createHash("sha256").update(parts.join("\0")).digest("hex");
}
