/** Records that are read with one message: enough to lose no time between them, few enough to stop soon. */
export const RECORDS_A_MESSAGE = 20;
