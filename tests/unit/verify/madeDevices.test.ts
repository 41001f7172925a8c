import assert from "node:assert/strict";
import { MadeDevices } from "../../../commands/verify/madeDevices";

/** A device in the making, and what ends its making. */
function inTheMaking(devices: MadeDevices, certificateId: string): () => void {
    let finish = () => {};
    const finished = new Promise<void>((resolve) => (finish = resolve));
    void devices.during(async () => {
        await finished;
        devices.add("us-east-1", { certificateId, thingName: `thing-${certificateId}` });
    });
    return finish;
}

describe("the devices that a look provisions", () => {
    const removed: string[] = [];
    const told: string[] = [];
    const remove = (region: string, { certificateId }: { certificateId: string }) => {
        removed.push(`${region} ${certificateId}`);
        return certificateId === "stuck" ? Promise.reject(new Error("no right to")) : Promise.resolve();
    };
    const tell = (lines: string) => told.push(lines);

    beforeEach(() => {
        removed.length = 0;
        told.length = 0;
    });

    it("are removed when one that is just being made is there, too, and each once", async () => {
        const devices = new MadeDevices(remove, tell);
        devices.add("us-east-1", { certificateId: "one" });
        const finish = inTheMaking(devices, "two");
        const settling = devices.settle();
        finish();
        await Promise.all([settling, devices.settle()]);
        assert.deepEqual([removed.sort(), told], [["us-east-1 one", "us-east-1 two"], []]);
    });

    it("become no more once they are removed", async () => {
        const devices = new MadeDevices(remove, tell);
        await devices.settle();
        let isBegun = false;
        void devices.during(() => Promise.resolve((isBegun = true)));
        assert.equal(isBegun, false);
    });

    it("are named where they cannot be removed, and where they are to stay", async () => {
        const devices = new MadeDevices(remove, tell);
        devices.add("us-east-1", { certificateId: "stuck" });
        await devices.settle();
        assert.deepEqual(told, [
            "--cleanup: Error: no right to\n",
            "provisioned, and still there:\n  us-east-1: no thing, stuck\n",
        ]);
        const staying = new MadeDevices(undefined, tell);
        staying.add("us-east-1", { certificateId: "one", thingName: "sensor" });
        await staying.settle();
        assert.equal(told.at(-1), "provisioned, and still there:\n  us-east-1: sensor, one\n");
    });
});
