import fs from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { root } from "../../tools/generated";

/** The values of a stack file that the repository ships, without their namespace: a copy that a test may change. */
export function valuesOf(file: string): Record<string, any> {
    const { config } = parse(fs.readFileSync(path.join(root, file), "utf8")) as { config: Record<string, unknown> };
    const prefix = "iot-domains:";
    return Object.fromEntries(
        Object.entries(config)
            .filter(([key]) => key.startsWith(prefix))
            .map(([key, value]) => [key.slice(prefix.length), value]),
    );
}
