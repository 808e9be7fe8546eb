/** `--import`ed before a program: its SQLite no longer waits for the disk. The negative control of tests about power cuts. */
import { DatabaseSync } from 'node:sqlite';

const { exec } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function careless(this: DatabaseSync, statements: string): void {
  exec.call(this, statements.replace('synchronous = full', 'synchronous = normal'));
};
