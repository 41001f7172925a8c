import Table from "cli-table3";
import type { DataPlaneDescription, EndpointDescription } from "../../dataPlane";
import type { ServedDomain } from "./domains";

/** What listens where, and commands to try it with. */
export function explainDataPlane(
    description: DataPlaneDescription,
    domains: readonly ServedDomain[],
    roots: string,
): string {
    const { dns, awsEndpointUrl, proxy, endpoints } = description;
    if (endpoints.length === 0) {
        return "The account is empty, so there is no region to serve yet; `npm start` deploys a stack.";
    }
    const table = new Table({
        head: ["region", "443", "8443", "8883", "data endpoint"],
        style: { head: [], border: [] },
    });
    table.push(...endpoints.map(({ region, ports, host }) => [region, ports[443], ports[8443], ports[8883], host]));
    return [
        `DNS: ${dns.address}, port ${dns.port}, UDP and TCP`,
        `AWS's APIs: ${awsEndpointUrl}`,
        `SOCKS 5, with the endpoints under their real names and ports: ${proxy.address}, port ${proxy.port}`,
        `Data endpoints on ${endpoints[0]?.addresses.join(" and ")}, by AWS's ports:`,
        table.toString(),
        ...domains.map((domain) => tryDomain(domain, description, roots)),
        "Ctrl-C ends it. Type: stop REGION, start REGION, status, quit",
    ].join("\n");
}

function tryDomain({ domainName, regions }: ServedDomain, description: DataPlaneDescription, roots: string): string {
    const endpoint = description.endpoints.find(({ region }) => regions.includes(region));
    return endpoint === undefined
        ? `\n${domainName}: none of its regions is served`
        : `\n${domainName}, in ${regions.join(", ")}:\n${commandsFor(domainName, endpoint, description, roots)
              .map((line) => `  ${line}`)
              .join("\n")}`;
}

/** Each of these can be pasted into a shell. */
function commandsFor(
    domainName: string,
    { region, ports }: EndpointDescription,
    { dns, awsEndpointUrl, proxy }: DataPlaneDescription,
    roots: string,
): string[] {
    const credentials = "AWS_ACCESS_KEY_ID=sandbox AWS_SECRET_ACCESS_KEY=sandbox";
    const aws = `${credentials} AWS_ENDPOINT_URL=${awsEndpointUrl} AWS_REGION=${region} aws`;
    return [
        `dig @${dns.address} -p ${dns.port} ${domainName} A +subnet=81.2.69.0/24`,
        `openssl s_client -connect 127.0.0.1:${ports[8883]} -servername ${domainName} -CAfile ${roots} -verify_return_error -brief < /dev/null`,
        `${aws} iot create-keys-and-certificate --set-as-active --certificate-pem-outfile device.pem --private-key-outfile device.key`,
        `mosquitto_pub --proxy socks5h://${proxy.address}:${proxy.port} -h ${domainName} -p 8883 --cafile ${roots} ` +
            "--cert device.pem --key device.key -i sensor-1 -t devices/sensor-1/hello -m hello -q 1",
        `curl --proxy socks5h://${proxy.address}:${proxy.port} --cacert ${roots} --cert device.pem --key device.key ` +
            `-d hello "https://${domainName}:8443/topics/devices%2Fsensor-1%2Fhello?qos=1"`,
        `${aws} iot-data publish --endpoint-url https://127.0.0.1:${ports[443]} --no-verify-ssl --topic devices/sensor-1/hello --qos 1`,
    ];
}
