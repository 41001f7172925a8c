import assert from "node:assert/strict";
import { Secret, unknown, type Bag } from "../../../sandbox/providers/framework/values";
import { ProviderClient, unfinishedState } from "./providerClient";
import { Shelf } from "./shelf";

const box = { type: "shelf:index/box:Box" };

describe("a sandbox provider, as the engine speaks to it", () => {
    let shelf: Shelf;
    let client: ProviderClient;

    beforeEach(async () => {
        shelf = new Shelf();
        client = await ProviderClient.start(shelf.provider);
        await client.configure({ owner: "tests" });
    });
    afterEach(() => client.stop());

    it("makes, reads, changes and deletes a resource", async () => {
        const made = await client.deploy(box, { name: "a", label: "one" });
        assert.equal(made.id, "a");
        assert.equal(made.outputs.arn, "arn:a");
        const changed = await client.update(box, "a", made.outputs, { ...made.inputs, label: "two" });
        assert.equal(changed.label, "two");
        assert.equal(shelf.boxes.get("a")?.label, "two");
        await client.delete(box, "a", changed);
        assert.equal(await client.read(box, "a", changed, made.inputs), undefined);
    });

    it("says in a preview what is known, and that the rest is unknown", async () => {
        const inputs = await client.accept(box, { name: "a", label: unknown });
        const { id, outputs } = await client.create(box, inputs, { preview: true });
        assert.equal(id, "");
        assert.deepEqual(
            [outputs.name, outputs.label, outputs.arn, outputs.owner, outputs.size],
            ["a", unknown, unknown, unknown, undefined],
        );
        assert.equal(shelf.boxes.size, 0);
    });

    it("keeps in the preview of an update what only the cloud tells", async () => {
        const made = await client.deploy(box, { name: "a", label: "one", size: 3 });
        const inputs = await client.accept(box, { name: "a", label: unknown }, made.inputs);
        const outputs = await client.update(box, "a", made.outputs, inputs, true);
        assert.deepEqual([outputs.label, outputs.arn, outputs.size], [unknown, "arn:a", undefined]);
        assert.equal(shelf.boxes.get("a")?.label, "one");
    });

    it("hands secrets to the cloud in plain and back to the engine as secrets", async () => {
        const made = await client.deploy(box, { name: "a", label: new Secret("hidden"), tags: { b: new Secret("c") } });
        assert.equal(shelf.boxes.get("a")?.label, "hidden");
        assert.deepEqual(made.outputs.label, new Secret("hidden"));
        assert.deepEqual(made.outputs.tags, { b: new Secret("c") });
        const read = await client.find(box, "a", made.outputs, made.inputs);
        assert.deepEqual([read.outputs.label, read.inputs.label], [new Secret("hidden"), new Secret("hidden")]);
    });

    it("makes secret what the provider declares to be, whether or not the program does", async () => {
        const { outputs } = await client.deploy(box, { name: "a", label: "one", password: "open sesame" });
        assert.deepEqual(outputs.password, new Secret("open sesame"));
        assert.deepEqual(outputs.token, new Secret("token of a"));
        const { inputs } = await client.check(box, { label: "one", password: "open sesame", key: "k", keyVersion: 1 });
        assert.deepEqual([inputs.password, inputs.key], [new Secret("open sesame"), new Secret("k")]);
    });

    it("keeps a write-only property nowhere", async () => {
        const { outputs } = await client.deploy(box, { name: "a", label: "one", key: "k", keyVersion: 1 });
        assert.deepEqual(shelf.keys, ["k"]);
        assert.ok(!("key" in outputs));
        const preview = await client.create(box, { label: "one", key: "k", keyVersion: 1 }, { preview: true });
        assert.ok(!("key" in preview.outputs));
    });

    it("says what failed, without leaving a state, when nothing was made", async () => {
        const failure = await client.deploy(box, { name: "a", label: "refused" }).catch((error: unknown) => error);
        assert.match(String(failure), /creating Box \(a\): the shelf is full/);
        assert.equal(unfinishedState(failure), undefined);
    });

    it("leaves a resource in the state that was made and not finished", async () => {
        const failure = await client.deploy(box, { name: "a", label: "unfinished" }).catch((error: unknown) => error);
        assert.match(String(failure), /the lid does not fit/);
        const left = unfinishedState(failure);
        assert.deepEqual(
            [left?.id, left?.outputs.label, left?.reasons],
            ["a", "unfinished", ["creating Box (a): the lid does not fit"]],
        );
    });

    it("gives up waiting when the program's time is up", async () => {
        const inputs = await client.accept(box, { name: "a", label: "one", waitsFor: "lid" });
        const failure = await client.create(box, inputs, { timeout: 0.1 }).catch((error: unknown) => error);
        assert.match(String(failure), /waiting for the box: still open \(timeout: 0s\)/);
    });

    it("stops waiting when the engine cancels", async () => {
        const making = client
            .deploy(box, { name: "a", label: "one", waitsFor: "lid" })
            .catch((error: unknown) => error);
        while (shelf.boxes.size === 0) {
            await new Promise((resolve) => setTimeout(resolve, 5));
        }
        await client.cancel();
        assert.match(String(await making), /abort|cancel/i);
    });

    it("names a type that it does not have, and the nearest one", async () => {
        const unknownType = client.check({ type: "shelf:index/bok:Bok" }, {});
        await assert.rejects(unknownType, /no resource type shelf:index\/bok:Bok; .* shelf:index\/box:Box/);
    });

    it("names a function that it does not have", async () => {
        await assert.rejects(client.invoke("shelf:index/weigh:weigh"), /no function shelf:index\/weigh:weigh/);
    });

    it("calls a function, and refuses arguments that it does not take", async () => {
        await client.deploy(box, { name: "a", label: "one" });
        assert.deepEqual((await client.invoke("shelf:index/count:count", { label: "one" })).result, { boxes: 1 });
        const { failures } = await client.invoke("shelf:index/count:count", { lable: "one" });
        assert.match(failures[0]?.reason ?? "", /no property lable; did you mean label\?/);
    });

    it("finds what changed behind the engine's back", async () => {
        const made = await client.deploy(box, { name: "a", label: "one", size: 3 });
        shelf.boxes.set("a", { label: "two", size: 3 });
        const read = await client.find(box, "a", made.outputs, made.inputs);
        assert.deepEqual([read.outputs.label, read.inputs.label, read.inputs.size], ["two", "two", 3]);
        assert.deepEqual((await client.diff(box, "a", read.outputs, made.inputs)).changes, { label: "update" });
    });

    it("imports a resource by its identifier, with the inputs that belong to it", async () => {
        await client.deploy(box, { name: "a", label: "one", size: 3 });
        const { outputs, inputs } = await client.find(box, "a");
        assert.equal(outputs.arn, "arn:a");
        const { __defaults, ...given } = inputs;
        assert.deepEqual([given, __defaults], [{ name: "a", label: "one", size: 3, owner: "shelf" }, []]);
        assert.deepEqual((await client.diff(box, "a", outputs, inputs)).changes, {});
    });

    it("refuses to import what does not exist", async () => {
        await assert.rejects(client.read(box, "nothing"), /resource 'nothing' does not exist/);
    });

    it("does nothing before it is configured", async () => {
        const fresh = await ProviderClient.start(new Shelf().provider);
        await assert.rejects(fresh.deploy(box, { label: "one" }), /provider shelf is not configured/);
        fresh.stop();
    });

    it("describes its resources in a schema", async () => {
        const { resources } = await client.schema();
        assert.deepEqual(resources["shelf:index/box:Box"]?.requiredInputs, ["label"]);
        const inputs = resources["shelf:index/box:Box"]?.inputProperties as Record<string, unknown>;
        assert.deepEqual([inputs.places, inputs.arn], [{ type: "array", items: { type: "string" } }, undefined]);
    });

    const configurations: Array<[string, Bag, RegExp | undefined]> = [
        ["takes text as it is", { owner: "x" }, undefined],
        ["takes JSON in text", { owner: "x", limits: '{"boxes":3}', strict: "true" }, undefined],
        ["takes values as a program gives them", { owner: "x", limits: { boxes: 3 }, strict: true }, undefined],
        ["passes over what is the engine's own", { owner: "x", version: "1.2.3" }, undefined],
        ["names what is missing", {}, /Missing required property 'owner'/],
        ["names what it does not know", { owner: "x", ownr: "y" }, /no property ownr; did you mean owner\?/],
        ["names what is of the wrong kind", { owner: "x", limits: '{"boxes":"3"}' }, /limits\.boxes to be integer/],
    ];
    for (const [title, configuration, fault] of configurations) {
        it(`checks its configuration: ${title}`, async () => {
            const reasons = (await client.checkConfig(configuration)).map(({ reason }) => reason);
            assert.equal(reasons.length, fault === undefined ? 0 : 1);
            assert.match(reasons[0] ?? "", fault ?? /^$/);
        });
    }
});
