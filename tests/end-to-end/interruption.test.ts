import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { recover } from "../../sandbox/commands/recovery/recover";
import { TestStack } from "./stack";

/**
 * Points at which a deployment is killed: when AWS has carried an operation out, and the engine has not heard of it yet.
 * That is the worst moment there is, because what AWS made is in no state.
 */
const points = [
    { operation: "acm:RequestCertificate", of: "the process alone" },
    { operation: "acm:RequestCertificate", of: "everything" },
    { operation: "sns:CreateTopic", of: "everything" },
    { operation: "sns:Subscribe", of: "the process alone" },
    { operation: "sns:SetTopicAttributes", of: "everything" },
    { operation: "route53:ChangeResourceRecordSets", of: "the process alone" },
    { operation: "route53:ChangeResourceRecordSets", of: "everything", skip: 1 },
    { operation: "iot:CreateDomainConfiguration", of: "everything" },
    { operation: "iot:CreateDomainConfiguration", of: "the process alone" },
    { operation: "cloudwatch:PutMetricAlarm", of: "everything" },
] as const;

/** The processes below one, itself included, as /proc tells. */
function processTree(root: number): number[] {
    const parents = fs
        .readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name))
        .flatMap((name) => {
            try {
                const stat = fs.readFileSync(`/proc/${name}/stat`, "utf8");
                return [[Number(name), Number(stat.replace(/^.*\) /s, "").split(" ")[1])] as const];
            } catch {
                return [];
            }
        });
    const tree = [root];
    for (const pid of tree) {
        tree.push(...parents.filter(([, parent]) => parent === pid).map(([child]) => child));
    }
    return tree;
}

function kill(child: ChildProcess, of: (typeof points)[number]["of"]): void {
    for (const pid of of === "everything" ? processTree(child.pid ?? 0).reverse() : [child.pid ?? 0]) {
        try {
            process.kill(pid, "SIGKILL");
        } catch {
            // It has ended by itself.
        }
    }
}

describe("a deployment that is killed", function () {
    this.timeout(240_000);
    const stack = new TestStack();
    let whole: string[];
    after(() => stack.remove());

    before(async () => {
        await stack.up();
        whole = stack.inventory();
        await stack.succeed("destroy", "--yes");
        assert.deepEqual(stack.inventory(), []);
    });

    points.forEach((point, index) => {
        it(`${index + 1}: ${point.of} at ${point.operation} is recovered, and nothing is left over`, async () => {
            const cloud = stack.sandbox.cloud();
            const [service, operation] = point.operation.split(":");
            const done = () =>
                cloud.trail().filter((call) => call.service === service && call.operation === operation).length;
            const wanted = done() + 1 + ("skip" in point ? point.skip : 0);
            cloud.misbehave({ operation: point.operation, kind: "delay", milliseconds: 20_000, times: 1 });

            const child = await stack.sandbox.startPulumi(["up", "--yes", "--skip-preview"], { stack: stack.name });
            child.stdout?.resume();
            child.stderr?.resume();
            const closed = new Promise((resolve) => child.once("exit", resolve));
            while (done() < wanted && child.exitCode === null) {
                await sleep(10);
            }
            assert.equal(child.exitCode, null, "the deployment ended before it could be killed");
            kill(child, point.of);
            await closed;
            cloud.behave();

            await recover(stack.sandbox, stack.name, { report: () => {} });
            await stack.succeed("up", "--yes");
            assert.deepEqual(stack.inventory(), whole);
            await stack.succeed("destroy", "--yes");
            assert.deepEqual(stack.inventory(), []);
        });
    });
});
