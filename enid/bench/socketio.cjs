// The same work with socket.io, which keeps nothing. node socketio.cjs PORT
const { createServer } = require("node:http");
const { Server } = require("socket.io");

const http = createServer();
const io = new Server(http, { transports: ["websocket"], perMessageDeflate: false, serveClient: false });
const versions = new Map();

io.on("connection", (socket) => {
  let room = "";
  socket.on("join", (name) => {
    room = name;
    socket.join(room);
    socket.emit("hello");
  });
  socket.on("stage", (message) => {
    const v = (versions.get(room) ?? 0) + 1;
    versions.set(room, v);
    io.to(room).emit("stage", { v, e: message.t, stage: 1 });
  });
});
http.listen({ port: Number(process.argv[2]), host: "127.0.0.1", backlog: 2048 });
