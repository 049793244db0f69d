// SHA-256 of a file: taken while it is read for something else, or on its own. Never holds more than a piece.

export type Digest = {
  /** For another reading from the beginning. */
  readonly restart: () => void;
  readonly update: (piece: Uint8Array) => void;
  /** 64 digits in lower case, as sha256sum prints them. Ends the reading. */
  readonly hex: () => string;
};

export function createDigest(): Digest {
  let hasher = new Bun.CryptoHasher('sha256');
  return {
    restart: () => {
      hasher = new Bun.CryptoHasher('sha256');
    },
    update: (piece) => {
      hasher.update(piece);
    },
    hex: () => hasher.digest('hex'),
  };
}

/** @param path absolute @throws the system's error */
export async function hashFile(path: string): Promise<string> {
  const digest = createDigest();
  for await (const piece of Bun.file(path).stream()) digest.update(piece);
  return digest.hex();
}
