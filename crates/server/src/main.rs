//! The binary `lunpai`.

fn main() -> std::process::ExitCode {
    server::cli::main()
}
