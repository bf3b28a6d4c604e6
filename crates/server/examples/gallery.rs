//! Serves every sample of every page: `cargo run -p server --features samples --example gallery`.

use std::error::Error;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8099".to_owned());
    let listener = tokio::net::TcpListener::bind(&address).await?;
    println!("gallery at http://{address}");
    axum::serve(listener, server::gallery::router()).await?;
    Ok(())
}
