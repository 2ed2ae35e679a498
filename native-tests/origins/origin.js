// An origin for the smuggling tests: node's own HTTP server; origin.js PORT http|http2.
require(process.argv[3]).createServer((request, response) => {
  request.resume();
  request.on('end', () => response.end('ok'));
}).listen(Number(process.argv[2]), '127.0.0.1');
