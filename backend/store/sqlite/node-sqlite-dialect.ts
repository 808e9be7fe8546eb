import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { SqliteAdapter, SqliteDialect, type SqliteStatement } from 'kysely';

/** kysely over node:sqlite, which has the same statements as the driver kysely knows, called a little differently. */
export class NodeSqliteDialect extends SqliteDialect {
  constructor(sqlite: DatabaseSync) {
    const known = new Map<string, SqliteStatement>();
    super({
      database: {
        close: () => sqlite.close(),
        prepare(sql) {
          const statement = known.get(sql) ?? prepared(sqlite.prepare(sql));
          // The texts are few: lists of filters, and one for each other question.
          if (known.size < 500) known.set(sql, statement);
          return statement;
        },
      },
    });
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

function prepared(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (values) => statement.all(...(values as SQLInputValue[])),
    run: (values) => statement.run(...(values as SQLInputValue[])),
    iterate: (values) => statement.iterate(...(values as SQLInputValue[])),
  };
}

/** SQLite changes its schema within transactions; kysely does not rely on it unless told. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}
