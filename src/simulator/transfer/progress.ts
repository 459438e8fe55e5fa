/** How far a file has come, and what of it was there before. */
export interface Progress {
  /** A response begins to fill the file: behind `size` bytes, of which `resumed` need not be loaded again. */
  begin(size: number, resumed: number): void;
  reach(size: number): void;
  /** Tells the last size. */
  end(): { readonly bytes: number; readonly resumedBytes: number };
}

const PROGRESS_STEP = 256 * 1024;

/** @param onProgress Told the size at every step and at the end, never twice the same one. */
export function createProgress(onProgress: (size: number) => void): Progress {
  let bytes = 0;
  let resumedBytes = 0;
  let told = 0;
  const tell = (): void => {
    told = bytes;
    onProgress(bytes);
  };
  return {
    begin(size, resumed) {
      bytes = told = size;
      resumedBytes = resumed;
    },
    reach(size) {
      bytes = size;
      if (bytes - told >= PROGRESS_STEP) tell();
    },
    end() {
      if (told !== bytes) tell();
      return { bytes, resumedBytes };
    },
  };
}
