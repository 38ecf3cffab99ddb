// The peer: socket.io 4, keeping nothing. Usage: node socketio_server.js PORT, with socket.io in NODE_PATH.

const { createServer } = require("node:http");
const { Server } = require("socket.io");

const http = createServer();
const io = new Server(http, { transports: ["websocket"], perMessageDeflate: false, serveClient: false });
const versions = new Map();

io.on("connection", (socket) => {
  const circle = String(socket.handshake.query.circle);
  socket.join(circle);
  socket.on("stage", (said) => {
    const version = (versions.get(circle) ?? 0) + 1;
    versions.set(circle, version);
    io.to(circle).emit("stage", { v: version, e: said });
  });
});
http.listen(Number(process.argv[2]), "127.0.0.1", 2048);
