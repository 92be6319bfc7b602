// The service that the example reports to, in a container beside the stack: writes down what reaches it (/ledger), and answers
// as slowly as it is told to (/delay?ms=).
import { createServer } from 'node:http';

const ledger = [];
let delayMs = 0;

createServer((request, response) => {
  const url = new URL(request.url, 'http://receiver');
  if (url.pathname === '/ledger') return response.end(JSON.stringify(ledger));
  if (url.pathname === '/delay') {
    delayMs = Number(url.searchParams.get('ms'));
    return response.end();
  }
  let text = '';
  request.on('data', (chunk) => (text += chunk));
  request.on('end', () => {
    ledger.push({ delivery: JSON.parse(text).delivery, key: request.headers['idempotency-key'] });
    setTimeout(() => response.end('{}'), delayMs);
  });
}).listen(4010);
