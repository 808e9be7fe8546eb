/** Toolbars take 16 to 48 (24 and 32 where a CSS pixel is one and a half or two), lists of extensions 48 to 96, stores 128. */
export const ICON_SIZES = [16, 24, 32, 48, 64, 96, 128] as const;

/** The stores' picture: Chrome's wants the tile in 96 px, with a clear margin. */
export const STORE_SIZE = 128;
export const STORE_TILE = 96;
