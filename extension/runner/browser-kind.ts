/** Which of the two browsers this was built for; whole branches go with it. The walker's own differences stay in the walker. */
export const isFirefox: boolean = import.meta.env.FIREFOX;
