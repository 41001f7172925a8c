import { setTimeout as sleep } from "node:timers/promises";
import ipaddr from "ipaddr.js";
import type { Reach, SocketAddress } from "../reach";
import { DnsFailure, overTcp, overUdp } from "./exchange";
import { replyOf, writeQuestion, type DnsQuestion, type DnsReply } from "./message";

export { DnsFailure, type DnsFailureKind } from "./exchange";

/** What a question may cost. */
export type DnsBounds = Pick<Reach, "limit"> & { readonly timeouts: Pick<Reach["timeouts"], "dns"> };

/** Parts of the time for one question that each attempt may take: a lost packet is asked again, ever more patiently. */
const patience = [0.2, 0.3, 0.5];

/** Milliseconds between two questions to one server: fifty in a second trouble nobody. One on this machine needs none. */
const spacingOf = (address: string) => (ipaddr.parse(address).range() === "loopback" ? 0 : 20);

/** Asks DNS servers, over UDP and where an answer does not fit over TCP. */
export class DnsClient {
    private readonly nextTurns = new Map<string, number>();

    public constructor(private readonly bounds: DnsBounds) {}

    /**
     * Asks a server one question, anew where the answer is lost.
     *
     * @throws {DnsFailure} where no answer comes, in the time for one question in all
     */
    public ask(server: SocketAddress, question: DnsQuestion): Promise<DnsReply> {
        return this.bounds.limit(async () => {
            await this.turn(server);
            const started = performance.now();
            const message = await this.attempts(server, question);
            return replyOf(message, Math.round(performance.now() - started));
        });
    }

    private async attempts(server: SocketAddress, question: DnsQuestion) {
        let failure: DnsFailure | undefined;
        for (const part of patience) {
            const timeout = this.bounds.timeouts.dns * part;
            const sent = writeQuestion(question);
            try {
                const message = await overUdp(server, sent, timeout);
                return message.flag_tc ? await this.whole(server, question) : message;
            } catch (error) {
                // A stranger's message tells more than the silence of another attempt.
                failure = failure?.kind === "mismatched" ? failure : (error as DnsFailure);
                if (failure.kind === "tcp-missing" || failure.kind === "no-route") {
                    break;
                }
            }
        }
        throw failure === undefined || failure.kind === "silent" ? this.silence() : failure;
    }

    private silence(): DnsFailure {
        const seconds = this.bounds.timeouts.dns / 1000;
        return new DnsFailure("silent", `no answer to ${patience.length} questions in ${seconds} s`);
    }

    private async whole(server: SocketAddress, question: DnsQuestion) {
        try {
            return await overTcp(server, writeQuestion(question), this.bounds.timeouts.dns);
        } catch (error) {
            throw new DnsFailure(
                "tcp-missing",
                `the answer is truncated over UDP, and over TCP: ${(error as Error).message}`,
            );
        }
    }

    private async turn({ address, port }: SocketAddress): Promise<void> {
        const key = `${address} ${port}`;
        const now = performance.now();
        const turn = Math.max(now, this.nextTurns.get(key) ?? now);
        this.nextTurns.set(key, turn + spacingOf(address));
        await sleep(turn - now);
    }
}
