"""The circuit of the hardware track: it counts the steps of a quadrature encoder, as on a motor's
shaft or a volume knob.

Twelve cycles forward and two back are 48 steps up and 8 down: 40.
"""

from envcheck.digits import whole_number

COUNT = 40

VERILOG = """\
module encoder (input wire clk, input wire a, input wire b, output reg [15:0] count);
    reg last_a, last_b;
    initial begin
        last_a = 0;
        last_b = 0;
        count = 0;
    end
    wire moved = (a ^ last_a) ^ (b ^ last_b);
    wire forward = a ^ last_b;
    always @(posedge clk) begin
        last_a <= a;
        last_b <= b;
        if (moved) count <= forward ? count + 16'd1 : count - 16'd1;
    end
endmodule
"""

TESTBENCH = """\
module testbench;
    reg clk, a, b;
    wire [15:0] count;
    integer n;
    encoder counted (.clk(clk), .a(a), .b(b), .count(count));
    task step(input next_a, input next_b);
        begin
            a = next_a;
            b = next_b;
            #1 clk = 1;
            #1 clk = 0;
        end
    endtask
    initial begin
        clk = 0;
        a = 0;
        b = 0;
        for (n = 0; n < 12; n = n + 1) begin
            step(1, 0);
            step(1, 1);
            step(0, 1);
            step(0, 0);
        end
        for (n = 0; n < 2; n = n + 1) begin
            step(0, 1);
            step(1, 1);
            step(1, 0);
            step(0, 0);
        end
        $display("count=%0d", count);
        $finish;
    end
endmodule
"""

CPLUSPLUS = """\
#include "Vencoder.h"
#include "verilated.h"
#include <cstdio>

double sc_time_stamp() { return 0; }  // asked for before Verilator 4.200

static void step(Vencoder& encoder, int a, int b) {
    encoder.a = a;
    encoder.b = b;
    encoder.clk = 1;
    encoder.eval();
    encoder.clk = 0;
    encoder.eval();
}

int main() {
    Vencoder encoder;
    encoder.clk = encoder.a = encoder.b = 0;
    encoder.eval();
    for (int n = 0; n < 12; n++) { step(encoder, 1, 0); step(encoder, 1, 1); step(encoder, 0, 1); step(encoder, 0, 0); }
    for (int n = 0; n < 2; n++) { step(encoder, 0, 1); step(encoder, 1, 1); step(encoder, 1, 0); step(encoder, 0, 0); }
    std::printf("count=%d\\n", (int) encoder.count);
    encoder.final();
    return 0;
}
"""


def counted(text: str) -> int | None:
    """The number that a simulation printed; None where it printed none."""
    counts = [line.partition("=")[2] for line in text.splitlines() if line.startswith("count=")]
    return whole_number(counts[-1]) if counts else None
