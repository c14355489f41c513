import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

interface Link {
  /** The service's end, and the database's. */
  readonly sockets: readonly [Socket, Socket];
  isSilent: boolean;
}

/**
 * Stands between the service and its database, and can go silent as a firewall does that forgets its
 * connections: they stay open, nothing comes through, and nobody is told.
 */
export class SilentProxy {
  private readonly links = new Set<Link>();
  private isClosedToNew = false;

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {}

  /** @param url of the database */
  static async start(url: string): Promise<SilentProxy> {
    const server = createServer();
    const proxy = new SilentProxy(server, new URL(url));
    server.on('connection', (socket) => proxy.link(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** The database, by way of this proxy. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String((this.server.address() as AddressInfo).port);
    return url.href;
  }

  /** The connections that there are say nothing any more, for ever; new ones work. */
  forgetConnections(): void {
    for (const link of this.links) link.isSilent = true;
  }

  /** New ones stand, but say nothing either. */
  goSilent(): void {
    this.isClosedToNew = true;
    this.forgetConnections();
  }

  /** New connections work, and the database has noticed that the silent ones are gone. */
  recover(): void {
    this.isClosedToNew = false;
    for (const { sockets, isSilent } of this.links) if (isSilent) sockets[1].destroy();
  }

  close(): void {
    for (const { sockets } of this.links) for (const socket of sockets) socket.destroy();
    this.server.close();
  }

  private link(near: Socket): void {
    const far = connect(Number(this.target.port), this.target.hostname);
    const link: Link = { sockets: [near, far], isSilent: this.isClosedToNew };
    this.links.add(link);
    this.forward(link, near, far);
    this.forward(link, far, near);
  }

  private forward(link: Link, from: Socket, to: Socket): void {
    from.on('data', (data) => {
      if (!link.isSilent) to.write(data);
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      // Whose end is heard of nowhere: the other side of a silent link lives on.
      if (!link.isSilent) to.destroy();
    });
  }
}
