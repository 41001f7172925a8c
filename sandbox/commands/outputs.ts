import type { Sandbox } from "..";
import { isProtected } from "../engine/state";

/** Shows what a stack gives to other programs, and what one can do with the sandbox next. */
export async function explainOutputs(sandbox: Sandbox, stack: string): Promise<void> {
    const { stdout } = await sandbox.pulumi(["stack", "output", "--json"], { stack });
    console.log(`\nOutputs of stack ${stack}; what is secret stays hidden:\n${stdout.trimEnd()}`);
    const option = `--stack ${stack}`;
    const next: (readonly [string, string])[] = [
        [`npm start -- ${option}`, "once more: nothing to change"],
        [`npm run sandbox -- preview ${option} --diff`, `what a change of Pulumi.${stack}.yaml would do`],
        [`npm run sandbox -- stack ${option}`, "what is deployed"],
        ...(isProtected(sandbox.directory.state, stack)
            ? [[`npm run sandbox -- state unprotect --all ${option} --yes`, "lift production's protection"] as const]
            : []),
        [`npm run sandbox -- destroy ${option} --yes`, "take it down again"],
        ["npm run sandbox:reset", "empty the sandbox"],
    ];
    const width = Math.max(...next.map(([line]) => line.length));
    console.log(`\nTry next:\n${next.map(([line, purpose]) => `  ${line.padEnd(width)}  ${purpose}`).join("\n")}`);
}
