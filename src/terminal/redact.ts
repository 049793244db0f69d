// The one place that keeps secrets out of messages: by value, in every form in which they could travel.

export type Secrets = {
  add(secret: string | undefined): void;
  redact(text: string): string;
};

const MASK = '[redacted]';
/** A token that is not known yet, perhaps cut short: the answer that should have brought it was broken. */
const JWT = /\beyJ[\w-]*(?:\.[\w-]*){0,2}/g;
/** Shorter texts are no secrets but would tear holes into every message. */
const SHORTEST = 4;

export function createSecrets(): Secrets {
  const forms = new Set<string>();
  return {
    add(secret) {
      if (secret === undefined || secret.length < SHORTEST) return;
      for (const form of listForms(secret)) forms.add(form);
    },
    redact(text) {
      let clean = text.replace(JWT, MASK);
      // The longest first, so that no form uncovers the rest of another.
      for (const form of [...forms].sort((a, b) => b.length - a.length)) clean = clean.replaceAll(form, MASK);
      return clean;
    },
  };
}

function listForms(secret: string): string[] {
  const url = encodeURIComponent(secret);
  const encoded = [
    secret,
    url,
    url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    JSON.stringify(secret).slice(1, -1),
    ...base64Forms(secret),
  ];
  return encoded.filter((form) => form.length >= SHORTEST);
}

/** Base64 of a text that holds the secret looks different at each of three offsets; the part that never varies is kept. */
function base64Forms(secret: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
    const stable = bytes.toString('base64').slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6));
    return [stable, stable.replaceAll('+', '-').replaceAll('/', '_'), encodeURIComponent(stable)];
  });
}
