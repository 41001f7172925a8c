import { createHash } from "node:crypto";
import type { CheckFinding } from "../finding";

/** The same for the same finding in every run, wherever in the file it stands by then and however many days have gone by. */
export function fingerprint(stack: string, { rule, resource, message }: CheckFinding): string {
    const parts = [stack, rule, resource?.urn ?? "", message.replace(/\b\d+ days\b/g, "days")];
    return createHash("sha256").update(parts.join("\0")).digest("hex");
}
