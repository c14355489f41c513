import { describe, expect, it } from '@jest/globals';
import { isDatabaseAway, isTransactionConflict } from './database-errors.js';

const withCode = (code: string): Error => Object.assign(new Error('failed'), { code });

describe('isDatabaseAway', () => {
  it.each([
    ['a refused connection', withCode('ECONNREFUSED')],
    ['a reset connection', withCode('ECONNRESET')],
    ['a broken pipe, whose code looks like a SQLSTATE', withCode('EPIPE')],
    ['a socket that is not connected', withCode('ENOTCONN')],
    ['no port left to connect from', withCode('EADDRNOTAVAIL')],
    ['a closed socket', withCode('ERR_SOCKET_CLOSED')],
    ['a destroyed stream', withCode('ERR_STREAM_DESTROYED')],
    ['a write after the end', withCode('ERR_STREAM_WRITE_AFTER_END')],
    ['a missing socket file', withCode('ENOENT')],
    ['an unknown host', withCode('ENOTFOUND')],
    ['a connection exception', withCode('08006')],
    ['a shutdown by the operator', withCode('57P01')],
    ['a crash of another backend', withCode('57P02')],
    ['a server that is starting', withCode('57P03')],
    ['a statement that timed out', withCode('57014')],
    ['too many connections', withCode('53300')],
    ['a full disk', withCode('53100')],
    ['a standby', withCode('25006')],
    ['a failing system', withCode('58000')],
    ['a failing disk', withCode('58030')],
    ['a file that went with the server', withCode('58P01')],
    ['a refused password', withCode('28P01')],
    ['a pool without a free connection', new Error('timeout exceeded when trying to connect')],
    ['a connection that broke', new Error('Connection terminated unexpectedly')],
    [
      'a connection that is broken',
      new Error('Client has encountered a connection error and is not queryable'),
    ],
    ['a query that was not answered', new Error('Query read timeout')],
    ['an answer to no question', new Error('Received unexpected dataRow message from backend.')],
    ['a failed handshake', new Error('There was an error establishing an SSL connection')],
    ['a pool that is closed', new Error('Cannot use a pool after calling end on the pool')],
    ['a wrapped error', new Error('flush failed', { cause: withCode('ECONNREFUSED') })],
    [
      'a name with two addresses',
      new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNREFUSED')]),
    ],
    ['an error of another realm', { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' }],
  ])('is true for %s', (_, error) => {
    expect(isDatabaseAway(error)).toBe(true);
  });

  it.each([
    ['a repeated key', withCode('23505')],
    ['an unrepresentable character', withCode('22P05')],
    ['a missing table', withCode('42P01')],
    ['a deadlock', withCode('40P01')],
    ['a broken index', withCode('XX002')],
    ['an internal error, which the same statement may meet again', withCode('XX000')],
    ['a programming error', new TypeError('undefined is not a function')],
    [
      'a data error that quotes a connection message',
      Object.assign(new Error('Connection terminated'), { code: '22023' }),
    ],
    ['no error', undefined],
    ['a thrown text', 'ECONNREFUSED'],
  ])('is false for %s', (_, error) => {
    expect(isDatabaseAway(error)).toBe(false);
  });

  it('ends on an error that is its own cause', () => {
    const error = new Error('round');
    error.cause = error;
    expect(isDatabaseAway(error)).toBe(false);
  });
});

describe('isTransactionConflict', () => {
  it('is true for a deadlock and a serialization failure, and for nothing else', () => {
    const codes = ['40P01', '40001', '40002', '23505', '57P01'];
    expect(codes.filter((code) => isTransactionConflict(withCode(code)))).toEqual([
      '40P01',
      '40001',
    ]);
  });
});
