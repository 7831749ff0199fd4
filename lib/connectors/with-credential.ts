import type { z } from "zod";
import type { Connector, ConnectorOf, Consent, KeyIssuing, PastedKey } from "./connector";
import type { GrantedKeys } from "./consent";
import type { ConnectorContext, HeldKey } from "./context";
import type { Entities, Entity } from "./entity";
import type { GatewayDoor } from "./gateway-door";
import type { PreparationOf } from "./preparation";

/** Text that is sealed ↔ the connector's own credential, e.g. a token with its tenant. */
export type CredentialCodec<C> = z.ZodType<C, string>;

/**
 * A connector whose credential is more than a text: the portal seals what `codec` encodes and hands it back as it is. Two
 * equal credentials have to encode alike, since keys are compared by the fingerprint of the sealed text. A text that does not
 * decode throws a `ZodError`: only this connector wrote it.
 */
export function withCredential<C>(codec: CredentialCodec<C>, own: ConnectorOf<C>): Connector {
  const decode = (secret: string): C => codec.decode(secret);
  const open = (key: HeldKey): HeldKey<C> => ({ subject: key.subject, secret: decode(key.secret) });
  return {
    ...own,
    consent: sealConsent(codec, own.consent),
    verify: (context, { connectionId, secret }, asked) =>
      own.verify(context, { connectionId, secret: decode(secret) }, asked),
    probeKey: (context, key, returnUrl) => own.probeKey(context, open(key), returnUrl),
    revokeKey: own.revokeKey && ((context, key) => own.revokeKey?.(context, open(key)) ?? Promise.resolve()),
    pastedKey: own.pastedKey && sealPastedKey(codec, own.pastedKey),
    gateway: own.gateway && sealDoor(codec, own.gateway),
    entities: own.entities && sealEntities(codec, own.entities),
    prepare: own.prepare && sealPreparation(codec, own.prepare),
  };
}

function sealPreparation<C>(
  codec: CredentialCodec<C>,
  { run, remove, ...more }: PreparationOf<C>,
): PreparationOf {
  const open = (key: HeldKey): HeldKey<C> => ({ subject: key.subject, secret: codec.decode(key.secret) });
  return {
    ...more,
    run: (context, key, step, needs, tools) => run(context, open(key), step, needs, tools),
    remove: (context, key, thing) => remove(context, open(key), thing),
  };
}

function sealEntities<C>(codec: CredentialCodec<C>, entities: Entities<C>): Entities {
  const open = (key: HeldKey): HeldKey<C> => ({ subject: key.subject, secret: codec.decode(key.secret) });
  const seal = ({ hasEnded, ...entity }: Entity<C>): Entity => ({
    ...entity,
    write: (context, key, input) => entity.write(context, open(key), input),
    lookUp: (context, key, input) => entity.lookUp(context, open(key), input),
    ...(hasEnded && { hasEnded: (context, key, cause, input) => hasEnded(context, open(key), cause, input) }),
  });
  return Object.fromEntries(Object.entries(entities).map(([id, entity]) => [id, seal(entity)]));
}

function sealConsent<C>(codec: CredentialCodec<C>, consent: Consent<C>): Consent {
  switch (consent.kind) {
    case "decision":
      return {
        ...consent,
        decide: async (context, input) =>
          (await consent.decide(context, input)).map(({ externalId, secret }) => ({
            externalId,
            secret: codec.encode(secret),
          })),
      };
    case "keys": {
      const { kind, requestAddress, redeem } = consent;
      return {
        ...sealKeyVerbs(codec, consent),
        ...{ kind, requestAddress },
        redeem: async (context: ConnectorContext, token: string) =>
          sealKeys(codec, await redeem(context, token)),
      };
    }
    case "authorize": {
      const { kind, address, redeem } = consent;
      return {
        ...sealKeyVerbs(codec, consent),
        ...{ kind, address },
        redeem: async (context, code, proof) => {
          const granted = await redeem(context, code, proof);
          return "refusal" in granted ? granted : sealKeys(codec, granted);
        },
      };
    }
  }
}

function sealKeyVerbs<C>(
  codec: CredentialCodec<C>,
  { covers, describeKey, giveBack, preflight }: KeyIssuing<C>,
): KeyIssuing<string> {
  const open = (key: HeldKey): HeldKey<C> => ({ subject: key.subject, secret: codec.decode(key.secret) });
  return {
    covers,
    describeKey: (context, key, asked) => describeKey(context, open(key), asked),
    giveBack: (context, key) => giveBack(context, open(key)),
    preflight: preflight && ((context, key, needs) => preflight(context, open(key), needs)),
  };
}

function sealKeys<C>(codec: CredentialCodec<C>, granted: GrantedKeys<C>): GrantedKeys {
  return { ...granted, keys: granted.keys.map((key) => ({ ...key, secret: codec.encode(key.secret) })) };
}

function sealDoor<C>(codec: CredentialCodec<C>, door: GatewayDoor<C>): GatewayDoor {
  return {
    ...door,
    openAccess: (context, { subject, secret }) =>
      door.openAccess(context, { subject, secret: codec.decode(secret) }),
  };
}

function sealPastedKey<C>(codec: CredentialCodec<C>, pasted: PastedKey<C>): PastedKey {
  const { login } = pasted;
  return {
    ...pasted,
    read: (context, key, asked) =>
      pasted.read(context, { subject: key.subject, secret: codec.decode(key.secret) }, asked),
    login: login && {
      ...login,
      redeem: async (context, code) => codec.encode(await login.redeem(context, code)),
    },
  };
}
